package io.lakeport.localworkspace.fault;

import io.lakeport.localworkspace.http.Exchange;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/** An exchange whose answer is cut, shortened or changed on its way. */
final class FaultyExchange extends ForwardingExchange {
    private final Fault fault;

    FaultyExchange(Exchange target, Fault fault) {
        super(target);
        this.fault = fault;
    }

    @Override
    public void respond(int status, String contentType, byte[] body) throws IOException {
        FaultEffect effect = fault.effect();
        if (effect instanceof FaultEffect.Cut) {
            drop();
        } else if (effect instanceof FaultEffect.CutAfter cut) {
            respondPartly(status, contentType, body, (int) Math.min(cut.bytes(), body.length));
        } else if (effect instanceof FaultEffect.Shorten shorten) {
            super.respond(status, contentType, Arrays.copyOf(body, (int) Math.min(shorten.bytes(), body.length)));
        } else if (effect instanceof FaultEffect.Corrupt corrupt) {
            super.respond(status, contentType, corrupted(body, corrupt));
        } else {
            super.respond(status, contentType, body);
        }
    }

    private byte[] corrupted(byte[] body, FaultEffect.Corrupt corrupt) {
        byte[] changed = body.clone();
        long from = corrupt.offset() >= 0 ? corrupt.offset() : fault.choose(body.length);
        for (long i = from; i < Math.min(body.length, from + corrupt.bytes()); i++) {
            changed[(int) i] ^= (byte) 0xA5;
        }
        return changed;
    }

    /** Chunks have a few megabytes, so the part can be changed in memory. */
    @Override
    public void respondFile(int status, String contentType, Path file, long offset, long length) throws IOException {
        byte[] part = new byte[Math.toIntExact(length)];
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(offset);
            in.readFully(part);
        }
        respond(status, contentType, part);
    }
}
