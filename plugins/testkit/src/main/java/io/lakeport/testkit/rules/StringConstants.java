package io.lakeport.testkit.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The string literals of a class, read from its constant pool (Java Virtual Machine Specification, 4.4), because
 * ArchUnit does not keep them.
 */
final class StringConstants {
    private StringConstants() {}

    /** Returns a condition that is met by a class one of whose literals contains a match. */
    static ArchCondition<JavaClass> holdStringMatching(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return new ArchCondition<>("hold a string that matches '" + regex + "'") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (String literal : of(type)) {
                    if (pattern.matcher(literal).find()) {
                        events.add(SimpleConditionEvent.satisfied(
                                type, type.getFullName() + " holds the string \"" + literal + "\""));
                    }
                }
            }
        };
    }

    private static List<String> of(JavaClass type) {
        return type.getSource().map(source -> read(source.getUri())).orElse(List.of());
    }

    private static List<String> read(URI classFile) {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(classFile.toURL().openStream()))) {
            in.skipNBytes(8);
            int size = in.readUnsignedShort();
            String[] texts = new String[size];
            BitSet literals = new BitSet(size);
            for (int index = 1; index < size; index++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts[index] = in.readUTF();
                    case 8 -> literals.set(in.readUnsignedShort());
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        // Eight-byte constants take two places.
                        index++;
                    }
                    default -> in.skipNBytes(bytesOf(tag));
                }
            }
            List<String> found = new ArrayList<>();
            literals.stream().forEach(index -> found.add(texts[index]));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + classFile, e);
        }
    }

    private static int bytesOf(int tag) throws IOException {
        return switch (tag) {
            case 7, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            default -> throw new IOException("constant pool tag " + tag + " is not known");
        };
    }
}
