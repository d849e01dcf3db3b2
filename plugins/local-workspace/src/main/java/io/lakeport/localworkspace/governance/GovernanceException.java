package io.lakeport.localworkspace.governance;

/** Unity Catalog refuses what somebody with the right to ask for it asked for. */
public final class GovernanceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * Creates the refusal.
     *
     * @param status HTTP status of the REST API's answer
     * @param code Databricks' error code, for example {@code CATALOG_DOES_NOT_EXIST}
     */
    public GovernanceException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** Returns the refusal of a value. */
    public static GovernanceException invalid(String message) {
        return new GovernanceException(400, "INVALID_PARAMETER_VALUE", message);
    }

    static GovernanceException noPrincipal(String name) {
        return new GovernanceException(
                404, "PRINCIPAL_DOES_NOT_EXIST", "Could not find principal with name " + name + ".");
    }

    /** Returns the refusal for an object that is not there. */
    public static GovernanceException missing(Securable securable) {
        return new GovernanceException(
                404, securable.type() + "_DOES_NOT_EXIST", securable.described() + " does not exist.");
    }

    /** Returns the refusal for an object that is there already. */
    public static GovernanceException exists(Securable securable) {
        return new GovernanceException(
                400, securable.type() + "_ALREADY_EXISTS", securable.described() + " already exists.");
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the error code. */
    public String code() {
        return code;
    }
}
