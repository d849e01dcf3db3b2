package io.lakeport.core.doctor.network;

import io.lakeport.core.doctor.Cause;
import io.lakeport.core.doctor.Fix;
import io.lakeport.core.doctor.Trouble;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.doctor.Who;
import io.lakeport.core.network.NetworkError;
import java.util.List;

/** What can be wrong on the road to the workspace. */
public enum NetworkCause implements Cause {
    PROXY_UNREACHABLE(
            Trouble.NETWORK,
            "the proxy that this JVM is told to use does not answer",
            "correct https.proxyHost and https.proxyPort, or let the proxy run",
            Who.NETWORK),
    PROXY_WANTS_SIGN_IN(
            Trouble.NETWORK,
            "the proxy answers 407: it wants a user and password before it opens a tunnel",
            "let this host pass without sign-in, or give the JVM an Authenticator for the proxy and allow it by"
                    + " -Djdk.http.auth.tunneling.disabledSchemes=",
            Who.NETWORK),
    PROXY_REFUSES(
            Trouble.NETWORK,
            "the proxy is there and does not open a tunnel to the workspace",
            "let the proxy pass CONNECT to the workspace, port 443",
            Who.NETWORK),
    HOST_UNKNOWN(
            Trouble.NETWORK,
            "DNS does not know the workspace's name: it is misspelt, the workspace was deleted, or its name is known in"
                    + " a private DNS zone that this machine does not ask",
            "compare 'host' with the workspace URL in a browser; with Private Link, let this machine use the private DNS"
                    + " zone",
            Who.HOST),
    CONNECTION_REFUSED(
            Trouble.NETWORK,
            "the machine is there and nothing listens on that port, or a firewall rejects",
            "check host and port, and allow outbound HTTPS (TCP 443) to the workspace",
            Who.NETWORK),
    CONNECTION_DROPPED(
            Trouble.NETWORK,
            "no answer to a TCP connection: a firewall drops it, or the address belongs to no machine",
            "allow outbound HTTPS (TCP 443) to the workspace, or set https.proxyHost if this network has a proxy",
            Who.NETWORK),
    NO_ROUTE(
            Trouble.NETWORK,
            "this machine has no route to the workspace's address",
            "give this machine a route to the internet, or to the private endpoint",
            Who.NETWORK),
    CONNECTION_BROKEN(
            Trouble.NETWORK,
            "the connection opens and ends before an answer is complete",
            "look for a firewall, proxy or inspection device that ends connections to the workspace",
            Who.NETWORK),
    NOT_TLS(
            Trouble.CONFIGURATION,
            "the port does not speak TLS: it is plain HTTP, or another service",
            "set 'host' to the workspace URL without a port, or with the port that speaks HTTPS",
            Who.HOST),
    TLS_TOO_OLD(
            Trouble.NETWORK,
            "the server has no TLS version above 1.1; Databricks has 1.2 and newer, so an old device answers for it",
            "replace or by-pass the device that ends TLS in between; Lakeport does not speak TLS below 1.2",
            Who.NETWORK),
    CERTIFICATE_EXPIRED(
            Trouble.NETWORK,
            "the certificate has ended; Databricks renews its own, so it is that of a device or private link in between,"
                    + " or this machine's clock is wrong",
            "renew the certificate of the device, and check this machine's date",
            Who.NETWORK),
    CERTIFICATE_NOT_YET_VALID(
            Trouble.CONFIGURATION,
            "the certificate begins later than this machine's clock says it is",
            "set this machine's clock by a time server",
            Who.HOST),
    CERTIFICATE_SELF_SIGNED(
            Trouble.NETWORK,
            "the certificate is signed by itself, as no workspace's is: a device answers for it, or it is a test server",
            "reach the workspace directly, or add this certificate to the trust store that -Djavax.net.ssl.trustStore"
                    + " names if it is meant",
            Who.NETWORK),
    CERTIFICATE_UNTRUSTED(
            Trouble.NETWORK,
            "this JVM trusts nobody who vouches for the certificate: a device inspects TLS, or the trust store is old",
            "add the inspecting device's certificate authority to the JVM's trust store (-Djavax.net.ssl.trustStore)",
            Who.NETWORK),
    CERTIFICATE_WRONG_NAME(
            Trouble.CONFIGURATION,
            "the certificate is for other names than 'host': another server answers, or the host was given by an alias",
            "set 'host' to the workspace URL as the browser shows it, not an IP address or alias",
            Who.HOST),
    HANDSHAKE_FAILED(
            Trouble.NETWORK,
            "server and JVM do not agree on TLS for another reason than version or certificate",
            "look at the device that ends TLS in between: it may ask for a client certificate or offer no common cipher",
            Who.NETWORK),
    NOT_HTTP(
            Trouble.CONFIGURATION,
            "what listens there does not speak HTTP",
            "set 'host' to the workspace URL",
            Who.HOST),
    WEB_PAGE_INSTEAD_OF_API(
            Trouble.NETWORK,
            "a web page came where a workspace answers JSON: a captive portal or a filtering proxy answers, or 'host' is"
                    + " a web site",
            "sign in to the network's portal or let the proxy pass the workspace, and compare 'host' with the workspace"
                    + " URL",
            Who.NETWORK),
    REDIRECTED(
            Trouble.NETWORK,
            "the answer leads elsewhere, as a workspace's API never does: a sign-in portal is in between, or 'host' is"
                    + " another site",
            "let this machine pass the portal, and compare 'host' with the workspace URL",
            Who.NETWORK),
    NOT_A_WORKSPACE(
            Trouble.CONFIGURATION,
            "a web server answers, and not as a Databricks workspace does",
            "set 'host' to the workspace URL as the browser shows it, for example https://dbc-a1b2.cloud.databricks.com"
                    + " or https://adb-1234567890123456.7.azuredatabricks.net",
            Who.HOST),
    CLOCK_DRIFTS(
            Trouble.CONFIGURATION,
            "this machine's clock differs from the workspace's by more than a minute; tokens and signed links will be"
                    + " taken for ended too early or too late as it grows",
            "set this machine's clock by a time server (NTP)",
            Who.HOST),
    CLOCK_OFF(
            Trouble.CONFIGURATION,
            "this machine's clock is off so far that signatures are refused and tokens count as ended or not begun",
            "set this machine's clock by a time server (NTP) and check its time zone",
            Who.HOST);

    private final Trouble trouble;
    private final String meaning;
    private final Fix fix;

    NetworkCause(Trouble trouble, String meaning, String fix, String who) {
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

    static Cause of(NetworkError error) {
        return switch (error) {
            case NAME_UNKNOWN -> HOST_UNKNOWN;
            case CONNECTION_REFUSED -> CONNECTION_REFUSED;
            case CONNECTION_TIMED_OUT -> CONNECTION_DROPPED;
            case NO_ROUTE -> NO_ROUTE;
            case CONNECTION_BROKEN -> CONNECTION_BROKEN;
            case PROXY_UNREACHABLE -> PROXY_UNREACHABLE;
            case PROXY_WANTS_SIGN_IN -> PROXY_WANTS_SIGN_IN;
            case PROXY_REFUSED -> PROXY_REFUSES;
            case TLS_TOO_OLD -> TLS_TOO_OLD;
            case NOT_TLS -> NOT_TLS;
            case CERTIFICATE_EXPIRED -> CERTIFICATE_EXPIRED;
            case CERTIFICATE_NOT_YET_VALID -> CERTIFICATE_NOT_YET_VALID;
            case CERTIFICATE_UNTRUSTED -> CERTIFICATE_UNTRUSTED;
            case CERTIFICATE_SELF_SIGNED -> CERTIFICATE_SELF_SIGNED;
            case CERTIFICATE_WRONG_NAME -> CERTIFICATE_WRONG_NAME;
            case HANDSHAKE_FAILED -> HANDSHAKE_FAILED;
            case NOT_HTTP -> NOT_HTTP;
        };
    }
}
