package io.lakeport.core.tenant;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name under which a vendor's product appears in a customer's query history and audit log, in the form that
 * Databricks asks of partners: {@code <isv>_<product>/<version>} (Partner Well-Architected Framework, "Telemetry and
 * attribution").
 *
 * @param product {@code isv_product}: letters, digits, {@code -} and {@code .}, with one underscore between the two
 * @param version version of the product
 * @param embedded the partner's product that is embedded in it and makes the calls, of the same form, after it
 */
public record UserAgentEntry(String product, String version, Optional<String> embedded) {
    private static final Pattern PRODUCT = Pattern.compile("[A-Za-z0-9.-]+_[A-Za-z0-9._-]+");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.+_-]+");

    public UserAgentEntry {
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(embedded, "embedded");
        embedded.ifPresent(UserAgentEntry::requireEntry);
        if (!PRODUCT.matcher(product).matches() || !VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("user agent '" + product + "/" + version
                    + "' is not of the form <isv>_<product>/<version>, for example Acme_Widget/1.2.3");
        }
    }

    /** Creates an entry with no partner embedded. */
    public UserAgentEntry(String product, String version) {
        this(product, version, Optional.empty());
    }

    /** Parses {@code isv_product/version}, and behind a space the entry of an embedded partner. */
    public static UserAgentEntry parse(String text) {
        String[] both = text.strip().split(" +", 2);
        Optional<String> partner = both.length == 1 ? Optional.empty() : Optional.of(both[1]);
        int slash = both[0].indexOf('/');
        return slash < 0
                ? new UserAgentEntry(both[0], "0", partner)
                : new UserAgentEntry(both[0].substring(0, slash), both[0].substring(slash + 1), partner);
    }

    private static void requireEntry(String text) {
        int slash = text.indexOf('/');
        if (slash < 0
                || !PRODUCT.matcher(text.substring(0, slash)).matches()
                || !VERSION.matcher(text.substring(slash + 1)).matches()) {
            throw new IllegalArgumentException("embedded partner '" + text
                    + "' is not of the form <isv>_<product>/<version>, for example Partner_Engine/2.0");
        }
    }

    /** Returns the value of the User-Agent header: this entry first, an embedded partner's next, then Lakeport's own. */
    public String headerValue() {
        return this + " Lakeport/" + LakeportVersion.VERSION;
    }

    @Override
    public String toString() {
        return product + "/" + version + embedded.map(partner -> " " + partner).orElse("");
    }
}
