import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The test that chose the embedded database (0006). A child process commits batches and prints the number of each that
 * was acknowledged; it is killed with SIGKILL at a random instant; another process opens the database again and looks
 * for what was acknowledged and for halves of batches.
 *
 * <pre>java -cp sqlite-jdbc.jar:h2.jar:derby.jar:derbyshared.jar KillLoop.java 60</pre>
 */
public final class KillLoop {
    private static final List<String> CANDIDATES =
            List.of("sqlite-full", "sqlite-normal", "h2", "h2-nodelay", "h2-mvstore", "derby");

    public static void main(String[] args) throws Exception {
        if (args[0].equals("write")) {
            write(args[1], Path.of(args[2]));
        } else if (args[0].equals("read")) {
            System.out.println(read(args[1], Path.of(args[2])));
        } else {
            int rounds = Integer.parseInt(args[0]);
            for (String candidate : args.length > 1 ? List.of(args[1].split(",")) : CANDIDATES) {
                System.out.println(new Trial(candidate, rounds).run());
            }
        }
    }

    private static final class Trial {
        private final String candidate;
        private final int rounds;
        private final Random random = new Random(6);
        private long acknowledged;
        private long perSecond;
        private int lost;
        private int halves;
        private int shut;
        private int second;
        private String said = "";

        Trial(String candidate, int rounds) {
            this.candidate = candidate;
            this.rounds = rounds;
        }

        String run() throws Exception {
            Path folder = Files.createTempDirectory("kill-" + candidate);
            long last = 0;
            for (int round = 0; round < rounds; round++) {
                last = Math.max(last, killed(folder, last));
                String found = child("read", folder);
                if (!found.startsWith("found ")) {
                    shut++;
                    said = found;
                    delete(folder);
                    folder = Files.createTempDirectory("kill-" + candidate);
                    last = 0;
                    continue;
                }
                String[] parts = found.split(" ");
                long there = Long.parseLong(parts[1]);
                lost += there < last ? 1 : 0;
                halves += Integer.parseInt(parts[2]);
                last = there;
            }
            long size = size(folder);
            delete(folder);
            return String.format(
                    "%-14s rounds %d, acknowledged %d, per second %d, rounds with loss %d, halves %d, not opened again %d,"
                            + " second process refused %d, KiB %d %s",
                    candidate, rounds, acknowledged, perSecond, lost, halves, shut, second, size / 1024, said);
        }

        /** Returns the last number that the child printed before it was killed. */
        private long killed(Path folder, long before) throws Exception {
            Process writer = start("write", folder);
            BufferedReader lines = writer.inputReader();
            String first = lines.readLine();
            if (first == null) {
                writer.waitFor();
                return before;
            }
            long begin = System.nanoTime();
            long until = begin + random.nextInt(600) * 1_000_000L;
            long last = Long.parseLong(first);
            long count = 1;
            while (System.nanoTime() < until) {
                last = Long.parseLong(lines.readLine());
                count++;
            }
            if (random.nextInt(10) == 0) {
                String other = child("read", folder);
                second += other.startsWith("found") ? 0 : 1;
            }
            perSecond = count * 1_000_000_000L / Math.max(1, System.nanoTime() - begin);
            // By its handle: Process.destroyForcibly() would also close the pipe that holds the last acknowledgements.
            writer.toHandle().destroyForcibly();
            writer.waitFor();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // A last line that was cut is a smaller number.
                if (line.matches("[0-9]+")) {
                    last = Math.max(last, Long.parseLong(line));
                }
            }
            acknowledged += last - before;
            return last;
        }

        private String child(String what, Path folder) throws Exception {
            Process process = start(what, folder);
            String answer = String.join(" ", process.inputReader().lines().toList());
            process.waitFor();
            return answer;
        }

        private Process start(String what, Path folder) throws Exception {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Dderby.stream.error.file=/dev/null",
                            "-cp",
                            System.getProperty("java.class.path"),
                            System.getProperty("kill.loop.source", "KillLoop.java"),
                            what,
                            candidate,
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
    }

    private static void write(String candidate, Path folder) throws Exception {
        if (candidate.equals("h2-mvstore")) {
            MvStore.write(folder);
            return;
        }
        try (Connection connection = open(candidate, folder)) {
            connection.setAutoCommit(false);
            long n = newest(connection);
            byte[] bytes = new byte[300];
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO doc(k, n, v) VALUES (?, ?, ?)");
                    PreparedStatement update = connection.prepareStatement("UPDATE head SET n = ? WHERE k = ?")) {
                while (true) {
                    n++;
                    for (String key : List.of("a", "b", "c")) {
                        insert.setString(1, key + n);
                        insert.setLong(2, n);
                        insert.setBytes(3, bytes);
                        insert.executeUpdate();
                        update.setLong(1, n);
                        update.setString(2, key);
                        update.executeUpdate();
                    }
                    connection.commit();
                    System.out.println(n);
                }
            }
        }
    }

    private static String read(String candidate, Path folder) {
        try {
            if (candidate.equals("h2-mvstore")) {
                return MvStore.read(folder);
            }
            try (Connection connection = open(candidate, folder);
                    Statement statement = connection.createStatement()) {
                long n = newest(connection);
                int halves = 0;
                try (ResultSet heads = statement.executeQuery("SELECT n FROM head")) {
                    while (heads.next()) {
                        halves += heads.getLong(1) == n ? 0 : 1;
                    }
                }
                try (ResultSet rows = statement.executeQuery("SELECT n, count(*) FROM doc GROUP BY n")) {
                    long batches = 0;
                    while (rows.next()) {
                        batches++;
                        halves += rows.getLong(2) == 3 ? 0 : 1;
                    }
                    n = Math.min(n, batches);
                }
                return "found " + n + " " + halves;
            }
        } catch (Exception e) {
            return e.toString().replace('\n', ' ');
        }
    }

    private static long newest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT max(n) FROM head")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Connection open(String candidate, Path folder) throws SQLException {
        String url = switch (candidate) {
            case "sqlite-full", "sqlite-normal" -> "jdbc:sqlite:" + folder.resolve("state.db");
            case "h2" -> "jdbc:h2:file:" + folder.resolve("state");
            case "h2-nodelay" -> "jdbc:h2:file:" + folder.resolve("state") + ";WRITE_DELAY=0";
            case "derby" -> "jdbc:derby:" + folder.resolve("state") + ";create=true";
            default -> throw new IllegalArgumentException(candidate);
        };
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            if (candidate.startsWith("sqlite")) {
                statement.execute("PRAGMA journal_mode=WAL");
                statement.execute("PRAGMA synchronous=" + candidate.substring("sqlite-".length()));
                statement.execute("PRAGMA busy_timeout=5000");
            }
            String bytes = candidate.equals("derby") ? "VARCHAR(1000) FOR BIT DATA" : "VARBINARY(1000)";
            try {
                statement.execute("SELECT count(*) FROM head");
            } catch (SQLException absent) {
                connection.setAutoCommit(false);
                statement.execute("CREATE TABLE doc(k VARCHAR(40) NOT NULL PRIMARY KEY, n BIGINT, v " + bytes + ")");
                statement.execute("CREATE TABLE head(k VARCHAR(40) NOT NULL PRIMARY KEY, n BIGINT)");
                statement.execute("INSERT INTO head VALUES ('a', 0), ('b', 0), ('c', 0)");
                connection.commit();
                connection.setAutoCommit(true);
            }
        }
        return connection;
    }

    /** The store below H2, without SQL: a map that is committed as a whole. */
    private static final class MvStore {
        static void write(Path folder) {
            org.h2.mvstore.MVStore store = open(folder);
            org.h2.mvstore.MVMap<String, byte[]> doc = store.openMap("doc");
            org.h2.mvstore.MVMap<String, Long> head = store.openMap("head");
            long n = head.getOrDefault("a", 0L);
            byte[] bytes = new byte[300];
            while (true) {
                n++;
                for (String key : List.of("a", "b", "c")) {
                    doc.put(key + n, bytes);
                    head.put(key, n);
                }
                store.commit();
                store.sync();
                System.out.println(n);
            }
        }

        static String read(Path folder) {
            org.h2.mvstore.MVStore store = open(folder);
            org.h2.mvstore.MVMap<String, byte[]> doc = store.openMap("doc");
            org.h2.mvstore.MVMap<String, Long> head = store.openMap("head");
            long n = head.getOrDefault("a", 0L);
            int halves = head.values().stream().allMatch(v -> v == n) ? 0 : 1;
            halves += doc.size() == 3 * n ? 0 : 1;
            store.close();
            return "found " + n + " " + halves;
        }

        private static org.h2.mvstore.MVStore open(Path folder) {
            return new org.h2.mvstore.MVStore.Builder()
                    .fileName(folder.resolve("state.mv").toString())
                    .autoCommitDisabled()
                    .open();
        }
    }

    private static long size(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }

    private static void delete(Path folder) throws Exception {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
