package io.lakeport.localworkspace.server;

import io.lakeport.core.error.LakeportException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a workspace as a process of its own: prints one line of JSON when it answers requests, and ends on SIGTERM, or,
 * when asked to, with its standard input, so that it never outlives the process that started it.
 *
 * <p>Exit codes: 0 after an orderly end, 2 when the arguments or the settings cannot be used, 1 for other failures.
 */
public final class LocalWorkspaceMain {
    private LocalWorkspaceMain() {}

    /** Runs until the end; {@code args} as {@link Arguments} reads them. */
    public static void main(String[] args) {
        // Only the line of JSON may stand on standard output, whatever a library prints.
        PrintStream out = System.out;
        System.setOut(System.err);
        System.exit(run(out, args));
    }

    private static int run(PrintStream out, String... args) {
        try {
            Arguments arguments = Arguments.parse(args);
            try (LocalWorkspace workspace = LocalWorkspace.start(arguments.settings())) {
                warnOfOthers(arguments);
                CountDownLatch ended = endOnTermination(workspace);
                out.println(ConnectionJson.write(workspace.connection()));
                out.flush();
                if (arguments.untilStdinCloses()) {
                    drainStandardInput();
                } else {
                    ended.await();
                }
            }
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (LakeportException e) {
            System.err.println(e.getMessage());
            return e.code().category().name().equals("INVALID_REQUEST") ? 2 : 1;
        } catch (InterruptedException | IOException e) {
            System.err.println("The local workspace ended early: " + e);
            return 1;
        }
    }

    private static void warnOfOthers(Arguments arguments) {
        InetAddress bind = StartOptions.apply(arguments.settings(), WorkspaceOptions.defaults())
                .bind();
        if (!bind.isLoopbackAddress()) {
            System.err.println("Warning: the workspace listens on " + bind.getHostAddress()
                    + ", so others on the network reach it and whoever has its token controls it. Plain HTTP shows that"
                    + " token to them.");
        }
    }

    private static CountDownLatch endOnTermination(LocalWorkspace workspace) {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            workspace.close();
                            ended.countDown();
                        },
                        "local-workspace-shutdown"));
        return ended;
    }

    private static void drainStandardInput() throws IOException {
        byte[] ignored = new byte[256];
        while (System.in.read(ignored) >= 0) {
            // Whatever is written there means nothing; only its end does.
        }
    }
}
