package io.lakeport.localworkspace.directory;

/** What an entry of the directory stands for. */
public enum PrincipalKind {
    USER("user"),
    SERVICE_PRINCIPAL("service principal"),
    GROUP("group");

    private final String words;

    PrincipalKind(String words) {
        this.words = words;
    }

    /** Returns the kind for a sentence, in lower case. */
    public String words() {
        return words;
    }
}
