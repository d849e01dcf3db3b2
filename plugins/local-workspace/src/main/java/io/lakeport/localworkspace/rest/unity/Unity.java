package io.lakeport.localworkspace.rest.unity;

import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.auth.TokenService;
import io.lakeport.localworkspace.engine.CatalogContents;
import io.lakeport.localworkspace.engine.CatalogTable;
import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.governance.AccessControl;
import io.lakeport.localworkspace.governance.AccessDenied;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.GovernanceException;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.http.ApiException;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Handler;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.rest.EngineQuery;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What all routes of Unity Catalog share: who calls, what there is, and the form of refusals. Thread-safe. */
final class Unity {
    static final String API = "/api/2.1/unity-catalog";

    private final Governance governance;
    private final Engine engine;
    private final EngineQuery query;
    private final TokenService tokens;

    Unity(Governance governance, Engine engine, TokenService tokens) {
        this.governance = governance;
        this.engine = engine;
        this.query = new EngineQuery(engine);
        this.tokens = tokens;
    }

    /** Answers one authenticated call. */
    interface Action {
        void run(Call call) throws IOException;
    }

    /** Returns a handler that knows who calls, and gives refusals Databricks' form. */
    Handler call(Action action) {
        return (Exchange exchange, PathValues path) -> {
            Principal principal = tokens.authenticate(exchange);
            try {
                action.run(new Call(exchange, path, principal, governance.actor(principal.applicationId())));
            } catch (AccessDenied e) {
                throw new ApiException(403, "PERMISSION_DENIED", String.valueOf(e.getMessage()));
            } catch (GovernanceException e) {
                throw new ApiException(e.status(), e.code(), String.valueOf(e.getMessage()));
            } catch (EngineException e) {
                throw EngineRefusals.of(e);
            }
        };
    }

    Governance governance() {
        return governance;
    }

    AccessControl access() {
        return governance.access();
    }

    CatalogContents contents() {
        return engine.contents();
    }

    /** Runs a statement as the caller, so that SQL's own checks decide. */
    void run(Call call, String sql) throws IOException {
        query.run(call.principal(), sql);
    }

    /** Whether the caller may know of the object. */
    boolean sees(Call call, Securable s) {
        boolean disabled = s.name().size() > 1
                && s.name().get(0).equals("system")
                && !governance.systemSchemas().enabled(s.name().get(1));
        return !disabled && access().sees(call.actor(), s);
    }

    /** Returns the object of a name with dots. */
    static Securable named(SecurableType type, String fullName) {
        List<String> name = List.of(fullName.replace("`", "").split("\\.", -1));
        if (name.size() != type.levels() || name.contains("")) {
            throw ApiException.invalid("'" + fullName + "' is not a valid name of a "
                    + type.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        return new Securable(type, name);
    }

    /** Whether the object is there, whoever asks. */
    boolean exists(Securable s) {
        return switch (s.type()) {
            case METASTORE -> true;
            case CATALOG -> contents().catalogs().contains(s.lastName());
            case SCHEMA -> contents().schemas(s.name().get(0)).contains(s.lastName());
            case TABLE -> contents().table(s.name()).isPresent();
            case FUNCTION, VOLUME, EXTERNAL_LOCATION, STORAGE_CREDENTIAL ->
                governance.securables().find(s).isPresent();
        };
    }

    /** Fails unless the object is there, naming the outermost part that is not. */
    void requireExisting(Securable s) {
        s.parent().ifPresent(this::requireExisting);
        if (!exists(s)) {
            throw GovernanceException.missing(s);
        }
    }

    /** Fails unless the object is there and the caller may know of it. */
    void requireVisible(Call call, Securable s, Privilege otherwise) {
        requireExisting(s);
        if (!sees(call, s)) {
            access().require(call.actor(), otherwise, s);
            throw GovernanceException.missing(s);
        }
    }

    /** Returns a table that the caller may know of. */
    CatalogTable table(Call call, Securable s) {
        requireVisible(call, s, Privilege.SELECT);
        return contents().table(s.name()).orElseThrow(() -> GovernanceException.missing(s));
    }
}
