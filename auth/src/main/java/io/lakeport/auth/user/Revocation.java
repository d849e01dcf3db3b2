package io.lakeport.auth.user;

import io.lakeport.auth.endpoint.Answer;
import io.lakeport.auth.endpoint.Refusal;
import io.lakeport.auth.endpoint.TokenEndpoint;
import io.lakeport.auth.endpoint.TokenForm;
import io.lakeport.auth.endpoint.TokenReply;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.auth.user.UserCredential;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the service end a session (RFC 7009). */
final class Revocation {
    private static final Logger LOG = LoggerFactory.getLogger(Revocation.class);

    private final TokenSourceContext context;
    private final SignInApp app;

    Revocation(TokenSourceContext context, SignInApp app) {
        this.context = context;
        this.app = app;
    }

    /** Returns false when the service knows no revocation. */
    boolean of(UserCredential credential, Deadline deadline) {
        Secret token = credential.secrets().get(UserTokens.REFRESH);
        Secret access = credential.secrets().get(UserTokens.ACCESS);
        if (token == null && access == null) {
            return true;
        }
        return token == null ? revoke(access, deadline) : revoke(token, deadline);
    }

    /** Ends tokens that came when nobody wanted them any more; that they end by themselves later is no failure. */
    void quietly(TokenReply reply, Deadline deadline) {
        try {
            boolean unused = revoke(reply.refresh().orElse(reply.access().value()), deadline);
        } catch (LakeportException e) {
            LOG.info("A token that is not needed could not be revoked, and ends by itself: {}", e.getMessage());
        }
    }

    private boolean revoke(@org.jspecify.annotations.Nullable Secret token, Deadline deadline) {
        if (token == null) {
            return true;
        }
        Refusal.Meaning meaning = refusal -> refusal.as(CoreError.TOKEN_REJECTED, "look at what it says");
        TokenEndpoint asking =
                new TokenEndpoint(context, "token.u2m.revoke", "a Databricks workspace or account", meaning);
        URI endpoint = URI.create(app.endpoint().issuer() + "/v1/revoke");
        TokenForm form = app.identify(TokenForm.empty().secret("token", token));
        Answer answer = asking.post(endpoint, form, deadline);
        if (answer.status() == 404 || answer.status() == 405) {
            return false;
        }
        if (answer.status() != 200) {
            throw asking.refused(answer, endpoint, form);
        }
        return true;
    }
}
