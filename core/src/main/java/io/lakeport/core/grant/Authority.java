package io.lakeport.core.grant;

/** Who may do something in a Databricks account. */
public enum Authority {
    ACCOUNT_ADMIN("an account admin"),
    METASTORE_ADMIN("a metastore admin"),
    WORKSPACE_ADMIN("a workspace admin"),
    OBJECT_OWNER("the owner of the object or of what it lies in, or somebody with MANAGE on it"),
    OBJECT_MANAGER("somebody with CAN MANAGE on it"),
    GROUP_MANAGER("a manager of the group"),
    PRINCIPAL_MANAGER("a manager of the service principal"),
    CLOUD_ADMIN("an administrator of the cloud account"),
    HOST_OPERATOR("whoever runs this host");

    private final String words;

    Authority(String words) {
        this.words = words;
    }

    /** Returns who that is, for a sentence. */
    public String words() {
        return words;
    }
}
