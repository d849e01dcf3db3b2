package io.lakeport.app.cli;

import picocli.CommandLine;

/** Says which Lakeport and which Java this is. */
final class VersionProvider implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "lakeport 0.1.0", "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
        };
    }
}
