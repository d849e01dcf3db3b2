package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.file.FileEntry;
import io.lakeport.localworkspace.file.FilePath;
import io.lakeport.localworkspace.file.Place;
import io.lakeport.localworkspace.file.Place.Found;
import io.lakeport.localworkspace.sql.SqlErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Finds the data files that a path means: a file, a directory, or a pattern with {@code * ? [] {}}. */
public final class FileListing {
    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

    private final Function<String, Place> places;

    /** Creates a listing over the places of paths. */
    public FileListing(Function<String, Place> places) {
        this.places = places;
    }

    /**
     * Returns the data files, by their paths.
     *
     * @param deep whether directories are searched to the bottom; otherwise only partition directories are
     * @throws io.lakeport.localworkspace.engine.EngineException PATH_NOT_FOUND when there is nothing of that path
     */
    public List<Found> files(String path, boolean deep) {
        Optional<Found> single = single(path);
        if (single.isPresent()) {
            return List.of(single.get());
        }
        Place base = places.apply(base(path));
        if (base.find().filter(FileEntry::directory).isEmpty()) {
            throw notFound(path);
        }
        List<String> pattern =
                parts(path).subList(parts(base(path)).size(), parts(path).size());
        List<Found> found = new ArrayList<>();
        match(base, pattern, deep, found);
        if (found.isEmpty() && !pattern.isEmpty()) {
            throw notFound(path);
        }
        return found;
    }

    /** A name may have the signs of a pattern in it, so the path itself comes first. */
    private Optional<Found> single(String path) {
        Place place = places.apply(path);
        return place.find().filter(e -> !e.directory()).map(e -> new Found(place, e));
    }

    private static List<String> parts(String path) {
        return FilePath.parse(path).parts();
    }

    /** Returns the part of a path before the first name that is a pattern. */
    private static String base(String path) {
        int slash = path.startsWith("/") ? 0 : Math.max(0, path.indexOf("://") + 2);
        while (slash >= 0) {
            int next = path.indexOf('/', slash + 1);
            String name = path.substring(slash + 1, next < 0 ? path.length() : next);
            if (GLOB.matcher(name).find()) {
                return path.substring(0, slash);
            }
            slash = next;
        }
        return path;
    }

    private static void match(Place at, List<String> pattern, boolean deep, List<Found> found) {
        if (pattern.isEmpty()) {
            below(at, deep, found);
            return;
        }
        Pattern wanted = glob(pattern.get(0));
        for (FileEntry entry : at.list()) {
            if (isHidden(entry.name()) || !wanted.matcher(entry.name()).matches()) {
                continue;
            }
            Place child = at.child(entry.name());
            if (entry.directory()) {
                match(child, pattern.subList(1, pattern.size()), deep, found);
            } else if (pattern.size() == 1) {
                found.add(new Found(child, entry));
            }
        }
    }

    private static void below(Place at, boolean deep, List<Found> found) {
        for (FileEntry entry : at.list()) {
            if (isHidden(entry.name())) {
                continue;
            }
            Place child = at.child(entry.name());
            if (!entry.directory()) {
                found.add(new Found(child, entry));
            } else if (deep || entry.name().indexOf('=') > 0) {
                below(child, deep, found);
            }
        }
    }

    /** Spark leaves out names that begin with an underscore or a dot, partition directories excepted. */
    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_") && name.indexOf('=') < 0;
    }

    /** Returns a pattern of names as a regular expression. */
    public static Pattern glob(String text) {
        StringBuilder regex = new StringBuilder();
        int braces = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '*' -> regex.append("[^/]*");
                case '?' -> regex.append("[^/]");
                case '[', ']', '-' -> regex.append(c);
                case '^', '!' -> regex.append(i > 0 && text.charAt(i - 1) == '[' ? "^" : "\\" + c);
                case '{' -> {
                    regex.append("(?:");
                    braces++;
                }
                case '}' -> {
                    regex.append(braces > 0 ? ")" : "\\}");
                    braces = Math.max(0, braces - 1);
                }
                case ',' -> regex.append(braces > 0 ? "|" : ",");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    static RuntimeException notFound(String path) {
        return SqlErrors.of("PATH_NOT_FOUND", "42K03", "Path does not exist: " + path + ".");
    }
}
