package io.lakeport.localworkspace.catalog;

import io.lakeport.localworkspace.governance.ExternalStorage;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Metastores;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableInfo;
import io.lakeport.localworkspace.governance.SecurableType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The views of {@code information_schema} about volumes, external storage and the metastore. */
final class InformationStorage {
    private final SessionCatalog visible;
    private final Governance governance;
    private final List<String> catalogs;

    InformationStorage(SessionCatalog visible, Governance governance, List<String> catalogs) {
        this.visible = visible;
        this.governance = governance;
        this.catalogs = catalogs;
    }

    Optional<Listing> listing(String view) {
        return switch (view) {
            case "volumes" -> Optional.of(volumes());
            case "external_locations" -> Optional.of(locations());
            case "storage_credentials" -> Optional.of(credentials());
            case "metastores" -> Optional.of(metastores());
            default -> Optional.empty();
        };
    }

    private List<SecurableInfo> all(SecurableType type) {
        return governance.securables().all(type).stream()
                .filter(i -> visible.sees(i.securable()))
                .toList();
    }

    private static @Nullable String readOnly(SecurableInfo info) {
        return "true".equals(info.detail(ExternalStorage.READ_ONLY)) ? "YES" : "NO";
    }

    private Listing volumes() {
        Listing listing = InformationTables.times(new Listing()
                        .strings("volume_catalog", "volume_schema", "volume_name", "volume_type", "volume_owner")
                        .strings("comment"))
                .strings("storage_location");
        for (SecurableInfo i : all(SecurableType.VOLUME)) {
            List<String> name = i.securable().name();
            if (catalogs.contains(name.get(0))) {
                List<@Nullable Object> row = InformationTables.withTimes(
                        Arrays.asList(
                                name.get(0), name.get(1), name.get(2), i.detail("volume_type"), i.owner(), i.comment()),
                        i);
                row.add(i.detail("storage_location"));
                listing.row(row);
            }
        }
        return listing;
    }

    private Listing locations() {
        Listing listing = InformationTables.times(new Listing()
                .strings("external_location_name", "external_location_owner", "url", "storage_credential_id")
                .strings("storage_credential_name", "read_only", "comment"));
        for (SecurableInfo i : all(SecurableType.EXTERNAL_LOCATION)) {
            String credential = String.valueOf(i.detail(ExternalStorage.CREDENTIAL));
            String id = governance
                    .securables()
                    .get(ExternalStorage.credential(credential))
                    .id();
            listing.row(InformationTables.withTimes(
                    Arrays.asList(
                            i.securable().lastName(),
                            i.owner(),
                            i.detail(ExternalStorage.URL),
                            id,
                            credential,
                            readOnly(i),
                            i.comment()),
                    i));
        }
        return listing;
    }

    private Listing credentials() {
        Listing listing = InformationTables.times(new Listing()
                .strings("storage_credential_id", "storage_credential_name", "storage_credential_owner")
                .strings("read_only", "comment"));
        for (SecurableInfo i : all(SecurableType.STORAGE_CREDENTIAL)) {
            listing.row(InformationTables.withTimes(
                    Arrays.asList(i.id(), i.securable().lastName(), i.owner(), readOnly(i), i.comment()), i));
        }
        return listing;
    }

    private Listing metastores() {
        Listing listing = InformationTables.times(new Listing()
                        .strings("metastore_id", "metastore_name", "storage_root", "storage_root_credential_id")
                        .strings("storage_root_credential_name", "delta_sharing_scope")
                        .strings("delta_sharing_recipient_token_lifetime", "delta_sharing_organization_name")
                        .strings("privilege_model_version", "metastore_owner"))
                .strings("region", "cloud", "global_metastore_id");
        SecurableInfo i = governance.securables().get(Securable.METASTORE);
        List<@Nullable Object> row = InformationTables.withTimes(
                Arrays.asList(
                        Metastores.ID,
                        Metastores.NAME,
                        Metastores.ROOT,
                        null,
                        null,
                        "INTERNAL",
                        null,
                        null,
                        "1.0",
                        i.owner()),
                i);
        row.addAll(List.of(Metastores.REGION, "aws", "aws:" + Metastores.REGION + ":" + Metastores.ID));
        return listing.row(row);
    }
}
