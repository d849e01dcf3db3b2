import io.lakeport.auth.cache.CaffeineTokenCacheProvider;
import io.lakeport.auth.check.RestSignInCheckProvider;
import io.lakeport.auth.entra.ClientCertificateTokenSourceProvider;
import io.lakeport.auth.entra.ClientSecretTokenSourceProvider;
import io.lakeport.auth.entra.ManagedIdentityTokenSourceProvider;
import io.lakeport.auth.federation.FederationTokenSourceProvider;
import io.lakeport.auth.google.GoogleTokenSourceProvider;
import io.lakeport.auth.intake.HpkeIntakeCipher;
import io.lakeport.auth.network.JdkNetworkProvider;
import io.lakeport.auth.oauth.OAuthM2mTokenSourceProvider;
import io.lakeport.auth.pat.PatTokenSourceProvider;
import io.lakeport.auth.user.OAuthU2mTokenSourceProvider;
import io.lakeport.auth.vault.AwsKmsKeyProvider;
import io.lakeport.auth.vault.FileKeyProvider;
import io.lakeport.auth.vault.TinkVaultProvider;
import io.lakeport.auth.vault.VariableKeyProvider;
import io.lakeport.core.auth.SignInCheckProvider;
import io.lakeport.core.auth.TokenCacheProvider;
import io.lakeport.core.auth.TokenSourceProvider;
import io.lakeport.core.intake.IntakeCipher;
import io.lakeport.core.network.NetworkProvider;
import io.lakeport.core.secret.KeyProvider;
import io.lakeport.core.secret.SecretVaultProvider;
import org.jspecify.annotations.NullMarked;

/** The authentication methods that come with Lakeport, and the token cache. */
@NullMarked
module io.lakeport.auth {
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
    requires com.google.crypto.tink;
    requires com.nimbusds.jose.jwt;
    requires io.lakeport.core;
    requires java.net.http;
    requires org.slf4j;

    provides TokenSourceProvider with
            PatTokenSourceProvider,
            OAuthM2mTokenSourceProvider,
            FederationTokenSourceProvider,
            OAuthU2mTokenSourceProvider,
            ClientSecretTokenSourceProvider,
            ClientCertificateTokenSourceProvider,
            ManagedIdentityTokenSourceProvider,
            GoogleTokenSourceProvider;
    provides SignInCheckProvider with
            RestSignInCheckProvider;
    provides NetworkProvider with
            JdkNetworkProvider;
    provides TokenCacheProvider with
            CaffeineTokenCacheProvider;
    provides KeyProvider with
            FileKeyProvider,
            VariableKeyProvider,
            AwsKmsKeyProvider;
    provides SecretVaultProvider with
            TinkVaultProvider;
    provides IntakeCipher with
            HpkeIntakeCipher;
}
