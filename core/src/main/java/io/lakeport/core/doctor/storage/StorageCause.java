package io.lakeport.core.doctor.storage;

import io.lakeport.core.doctor.Cause;
import io.lakeport.core.doctor.Fix;
import io.lakeport.core.doctor.Trouble;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.doctor.Who;
import java.util.List;

/** What can be wrong with the place where the workspace is to write files. */
public enum StorageCause implements Cause {
    LOCATION_URL_MALFORMED(
            Trouble.CONFIGURATION,
            "the URL is none that Unity Catalog takes for an external location",
            "correct the URL as the result says",
            Who.HOST),
    LOCATION_NOT_FOUND(
            Trouble.MISSING,
            "no external location covers the URL, as far as this identity is shown any; one on which it has no privilege"
                    + " at all is not shown, and cannot be told from one that is not there",
            "create an external location over the URL, or grant the identity a privilege on the one that is there",
            Who.METASTORE_ADMIN),
    LOCATION_READ_ONLY(
            Trouble.RIGHTS,
            "the external location is read only, whatever was granted on it",
            "make it writable, or write elsewhere",
            "the owner of the external location"),
    LOCATION_WRITE_MISSING(
            Trouble.RIGHTS,
            "the external location is there, and the identity lacks WRITE FILES on it",
            "grant WRITE FILES",
            "the owner of the external location"),
    LOCATION_WRITE_NOT_KNOWN(
            Trouble.RIGHTS,
            "no WRITE FILES was granted to the identity itself; what its groups hold is not told to it",
            "grant WRITE FILES if the export is refused",
            "the owner of the external location"),
    CREDENTIAL_CANNOT_REACH(
            Trouble.RIGHTS,
            "the workspace has the storage credential, and the cloud does not let it do what the result names: the role's"
                    + " or identity's own permissions in the cloud, or its trust of the workspace, lack",
            "give the credential's role or identity the permission in the cloud (IAM policy and bucket policy, or"
                    + " 'Storage Blob Data Contributor'), then validate again",
            "an administrator of the cloud account"),
    STORAGE_IN_ANOTHER_REGION(
            Trouble.CONFIGURATION,
            "the storage is in another region than the workspace; it is not CORS, which concerns browsers only, but the"
                    + " region, and network rules between the two",
            "use storage in the workspace's region, or let the bucket's network rules admit the workspace's region",
            "an administrator of the cloud account"),
    TARGET_OUT_OF_SCOPE(
            Trouble.CONFIGURATION,
            "this host itself does not let the tenant write there",
            "add the place to 'scope.object_prefixes' of the tenant",
            Who.HOST);

    private final Trouble trouble;
    private final String meaning;
    private final Fix fix;

    StorageCause(Trouble trouble, String meaning, String fix, String who) {
        this.trouble = trouble;
        this.meaning = meaning;
        this.fix = Fix.manual(fix, who);
    }

    @Override
    public Trouble trouble() {
        return trouble;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public List<Fix> fixes(Visit visit) {
        return List.of(fix);
    }
}
