package io.lakeport.auth.network;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.network.NetworkError;
import io.lakeport.core.time.Deadline;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Looks up names; the JDK's resolver knows no timeout, so it works in a thread that may be left to it. */
final class Names {
    private Names() {}

    static List<String> resolve(String name, Deadline deadline) {
        String plain = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(plain));
        Thread thread = new Thread(lookup, "lakeport-doctor-dns");
        thread.setDaemon(true);
        thread.start();
        try {
            return Stream.of(lookup.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS))
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (TimeoutException e) {
            throw Deadline.expired("looking up '" + name + "'");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeportException(CoreError.INTERRUPTED, "looking up '" + name + "' was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException) {
                throw new LakeportException(
                        NetworkError.NAME_UNKNOWN, "the name '" + name + "' is not known to DNS", e.getCause());
            }
            throw new LakeportException(CoreError.INTERNAL, "looking up '" + name + "' failed", e.getCause());
        }
    }
}
