package io.lakeport.core.principal;

/** Kinds of principals. */
public enum PrincipalKind {
    USER("user"),
    SERVICE_PRINCIPAL("service principal"),
    GROUP("group");

    private final String words;

    PrincipalKind(String words) {
        this.words = words;
    }

    /** Returns the kind for a sentence. */
    public String words() {
        return words;
    }
}
