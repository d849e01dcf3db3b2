package io.lakeport.testkit.features;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One tag of one test that ran.
 *
 * @param tag the tag
 * @param test {@code class#method}
 * @param outcome {@code passed}, {@code failed} or {@code skipped}
 */
record TaggedTest(String tag, String test, String outcome) {
    private static final Pattern FEATURE = Pattern.compile("[A-Z]{2}-\\d+");
    private static final Path REPORTS = Path.of("target", "feature-coverage");
    private static final Set<String> NEVER_A_MODULE = Set.of("src", ".git", "node_modules", "classes", "test-classes");

    boolean namesAFeature() {
        return FEATURE.matcher(tag).matches();
    }

    boolean passed() {
        return outcome.equals("passed");
    }

    /** Reads what the tests of every module below {@code root} left; none where no test ran. */
    static List<TaggedTest> readAll(Path root) throws IOException {
        List<TaggedTest> tests = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName() == null
                        ? ""
                        : directory.getFileName().toString();
                return NEVER_A_MODULE.contains(name) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path directory = file.getParent();
                if (file.toString().endsWith(".tsv") && directory != null && directory.endsWith(REPORTS)) {
                    tests.addAll(read(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return tests;
    }

    private static List<TaggedTest> read(Path file) throws IOException {
        List<TaggedTest> tests = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\t", -1);
            if (parts.length != 3) {
                throw new IOException(file + " holds a line that is not 'tag TAB test TAB outcome'; remove the file and"
                        + " run the tests of its module again");
            }
            tests.add(new TaggedTest(parts[0], parts[1], parts[2]));
        }
        return tests;
    }
}
