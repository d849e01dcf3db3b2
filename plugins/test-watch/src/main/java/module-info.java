import io.lakeport.testwatch.AfterEveryTest;
import io.lakeport.testwatch.FeatureListener;
import org.jspecify.annotations.NullMarked;

/** Watches every test: which features it proves, and what it leaves behind. */
@NullMarked
module io.lakeport.testwatch {
    requires java.logging;
    requires transitive org.jspecify;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.platform.launcher;

    exports io.lakeport.testwatch;

    provides org.junit.platform.launcher.TestExecutionListener with
            FeatureListener;
    provides org.junit.jupiter.api.extension.Extension with
            AfterEveryTest;
}
