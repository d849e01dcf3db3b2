package io.lakeport.core.tenant;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name under which a vendor's product appears in a customer's query history and audit log, in the form that
 * Databricks asks of partners: {@code <isv>_<product>/<version>} (Partner Well-Architected Framework, "Telemetry and
 * attribution").
 *
 * @param product {@code isv_product}: letters, digits, {@code -} and {@code .}, with one underscore between the two
 * @param version version of the product
 */
public record UserAgentEntry(String product, String version) {
    private static final Pattern PRODUCT = Pattern.compile("[A-Za-z0-9.-]+_[A-Za-z0-9._-]+");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.+_-]+");

    public UserAgentEntry {
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(version, "version");
        if (!PRODUCT.matcher(product).matches() || !VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("user agent '" + product + "/" + version
                    + "' is not of the form <isv>_<product>/<version>, for example Acme_Widget/1.2.3");
        }
    }

    /** Parses {@code isv_product/version}. */
    public static UserAgentEntry parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new UserAgentEntry(text, "0")
                : new UserAgentEntry(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Returns the value of the User-Agent header: this entry first, then Lakeport's own. */
    public String headerValue() {
        return this + " Lakeport/" + LakeportVersion.VERSION;
    }

    @Override
    public String toString() {
        return product + "/" + version;
    }
}
