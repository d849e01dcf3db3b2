package io.lakeport.app.plugin;

import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/** Turns what a broken provider throws into a sentence that helps the person who installed it. */
final class Diagnosis {
    private static final int JAVA_CLASS_FILE_OFFSET = 44;

    private Diagnosis() {}

    static String of(Throwable failure) {
        Throwable cause = unwrap(failure);
        if (cause instanceof UnsupportedClassVersionError) {
            return newerJava(cause.getMessage());
        }
        if (cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException) {
            return missingClass(String.valueOf(cause.getMessage()).replace('/', '.'));
        }
        if (cause instanceof NoSuchMethodError || cause instanceof NoSuchFieldError) {
            return mismatch("it calls " + cause.getMessage() + ", which is not there");
        }
        if (cause instanceof AbstractMethodError || cause instanceof IncompatibleClassChangeError) {
            return mismatch("it does not fit the interface (" + cause.getMessage() + ")");
        }
        if (cause instanceof LinkageError) {
            return "it cannot be linked (" + describe(cause) + "); rebuild the plugin";
        }
        return "its constructor failed: " + describe(cause) + "; ask the plugin's author";
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && (cause instanceof java.lang.reflect.InvocationTargetException
                        || cause instanceof ServiceConfigurationError
                        || cause instanceof ExceptionInInitializerError)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String missingClass(String name) {
        if (name.startsWith("io.lakeport.core.")) {
            return mismatch("it needs " + name + ", which this Lakeport does not have");
        }
        if (name.startsWith("io.lakeport.")) {
            return "it needs " + name + ", which is internal to the host; a plugin may use io.lakeport.core only";
        }
        return "the class " + name + " is missing; put the jar that holds it into the plugin's directory";
    }

    private static String mismatch(String what) {
        return what + "; it was built for another version of Lakeport: update Lakeport or use a plugin built for this"
                + " one";
    }

    private static String newerJava(@Nullable String message) {
        java.util.regex.Matcher version =
                java.util.regex.Pattern.compile("class file version (\\d+)").matcher(String.valueOf(message));
        String needed = version.find()
                ? " " + (Integer.parseInt(version.group(1)) - JAVA_CLASS_FILE_OFFSET)
                : " of a later version";
        return "it was compiled for Java" + needed + " and this is Java "
                + Runtime.version().feature() + "; run a newer Java or use a plugin compiled for this one";
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        return cause.getClass().getName() + (message == null ? "" : ": " + message);
    }
}
