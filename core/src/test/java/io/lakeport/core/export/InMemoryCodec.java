package io.lakeport.core.export;

import io.lakeport.core.export.journal.JournalCodec;
import io.lakeport.core.export.journal.RunAttempt;
import io.lakeport.core.export.journal.RunPlan;
import io.lakeport.core.export.journal.Segment;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ManifestCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Remembers records and writes their number. */
final class InMemoryCodec implements ManifestCodec, JournalCodec {
    private final List<Object> known = Collections.synchronizedList(new ArrayList<>());

    private byte[] remember(Object any) {
        synchronized (known) {
            known.add(any);
            return String.valueOf(known.size() - 1).getBytes(StandardCharsets.UTF_8);
        }
    }

    private <T> T recall(byte[] bytes, Class<T> type) {
        return type.cast(known.get(Integer.parseInt(new String(bytes, StandardCharsets.UTF_8))));
    }

    @Override
    public byte[] encode(ExportManifest manifest) {
        return remember(manifest);
    }

    @Override
    public ExportManifest decode(byte[] bytes, String origin) {
        return recall(bytes, ExportManifest.class);
    }

    @Override
    public byte[] encode(RunPlan plan) {
        return remember(plan);
    }

    @Override
    public byte[] encode(RunAttempt attempt) {
        return remember(attempt);
    }

    @Override
    public byte[] encode(Segment segment) {
        return remember(segment);
    }

    @Override
    public RunPlan decodePlan(byte[] bytes, String origin) {
        return recall(bytes, RunPlan.class);
    }

    @Override
    public RunAttempt decodeAttempt(byte[] bytes, String origin) {
        return recall(bytes, RunAttempt.class);
    }

    @Override
    public Segment decodeSegment(byte[] bytes, String origin) {
        return recall(bytes, Segment.class);
    }
}
