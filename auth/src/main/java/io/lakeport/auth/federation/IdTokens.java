package io.lakeport.auth.federation;

import io.lakeport.auth.settings.MethodSettings;
import io.lakeport.core.auth.IdTokenProvider;
import io.lakeport.core.auth.TokenSourceContext;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.sql.NearestName;
import io.lakeport.core.time.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the platform's token comes from. */
interface IdTokens {
    /** Name of the secret that is the token itself. */
    String SECRET = "id_token";

    /** Property that names a file. */
    String FILE = "id_token_file";

    /** Property that names a provider of the host. */
    String PROVIDER = "id_token_provider";

    /** Property that says which audience the provider is asked for. */
    String AUDIENCE = "audience";

    /** Returns a token, read anew: platforms replace them every few minutes. */
    Secret next(Deadline deadline);

    /** Says where it comes from, for messages. */
    String origin();

    /** Chooses the one source that the settings name. */
    static IdTokens of(TokenSourceContext context, MethodSettings settings) {
        Optional<Secret> fixed = settings.optionalSecret(SECRET);
        Optional<String> file = settings.words(FILE);
        Optional<String> provider = settings.optional(PROVIDER);
        int given = (fixed.isPresent() ? 1 : 0) + (file.isPresent() ? 1 : 0) + (provider.isPresent() ? 1 : 0);
        if (given != 1) {
            throw settings.invalid("exactly one of secret '" + SECRET + "' (for example ${env:NAME}), property '" + FILE
                    + "' and property '" + PROVIDER + "' says where the platform's token comes from; "
                    + (given == 0 ? "none is" : "several are") + " given");
        }
        if (fixed.isPresent()) {
            return new Fixed(fixed.get());
        }
        return file.<IdTokens>map(path -> new InFile(settings, Path.of(path)))
                .orElseGet(() -> fromHost(context, settings, provider.orElseThrow()));
    }

    private static IdTokens fromHost(TokenSourceContext context, MethodSettings settings, String name) {
        IdTokenProvider provider = context.idTokens().get(name);
        if (provider == null) {
            throw settings.invalid("property '" + PROVIDER + "': the host offers no id token provider '" + name + "'"
                    + NearestName.hint(name, context.idTokens().keySet()) + "; it offers "
                    + context.idTokens().keySet());
        }
        return new FromHost(context, provider, settings.optional(AUDIENCE));
    }

    /** A token that the configuration holds. */
    record Fixed(Secret value) implements IdTokens {
        @Override
        public Secret next(Deadline deadline) {
            return value;
        }

        @Override
        public String origin() {
            return "the configuration's secret '" + SECRET + "'";
        }
    }

    /** A token that the platform writes into a file. */
    record InFile(MethodSettings settings, Path file) implements IdTokens {
        private static final int LONGEST = 64 * 1024;

        @Override
        public Secret next(Deadline deadline) {
            try (InputStream in = Files.newInputStream(file)) {
                String text = new String(in.readNBytes(LONGEST + 1), StandardCharsets.UTF_8).strip();
                if (text.isEmpty() || text.length() > LONGEST) {
                    throw settings.invalid("the file " + file + " is " + (text.isEmpty() ? "empty" : "no token")
                            + "; the platform writes one JSON web token into it");
                }
                return Secret.of(text);
            } catch (IOException e) {
                throw new LakeportException(
                        CoreError.INVALID_CONFIGURATION,
                        settings.invalid("the file " + file + " of property '" + FILE + "' cannot be read; check that"
                                        + " the platform's token is mounted there")
                                .getMessage(),
                        e);
            }
        }

        @Override
        public String origin() {
            return "the file " + file;
        }
    }

    /** A token that the host's own code gives. */
    record FromHost(TokenSourceContext context, IdTokenProvider provider, Optional<String> audience)
            implements IdTokens {
        @Override
        public Secret next(Deadline deadline) {
            return provider.idToken(context.tenant(), audience, deadline);
        }

        @Override
        public String origin() {
            return "the host's id token provider '" + provider.name() + "'";
        }
    }
}
