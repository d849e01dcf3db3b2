package io.lakeport.auth.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.DestructionReceipt;
import io.lakeport.core.secret.SecretError;
import io.lakeport.core.secret.SecretReference;
import io.lakeport.core.state.Document;
import io.lakeport.core.tenant.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Receipts as JSON, which people read too. */
final class Receipts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Receipts() {}

    static String proof(
            TenantId tenant,
            List<SecretReference> destroyed,
            List<String> dataKeys,
            String masterKey,
            Instant at,
            List<String> evidence) {
        String text = String.join(
                "\n",
                "lakeport destruction 1",
                tenant.value(),
                destroyed.toString(),
                dataKeys.toString(),
                masterKey,
                at.toString(),
                evidence.toString());
        return Digests.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] write(DestructionReceipt receipt) {
        ObjectNode node = JSON.createObjectNode();
        node.put("tenant", receipt.tenant().value());
        ArrayNode destroyed = node.putArray("destroyed");
        receipt.destroyed().forEach(reference -> destroyed.add(reference.toString()));
        ArrayNode dataKeys = node.putArray("data_keys");
        receipt.dataKeys().forEach(dataKeys::add);
        node.put("master_key", receipt.masterKey());
        node.put("at", receipt.at().toString());
        node.put("proof", receipt.proof());
        ArrayNode evidence = node.putArray("evidence");
        receipt.evidence().forEach(evidence::add);
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException("memory took no bytes", e);
        }
    }

    static DestructionReceipt parse(Document document) {
        try {
            JsonNode node = JSON.readTree(document.content());
            DestructionReceipt receipt = new DestructionReceipt(
                    TenantId.of(node.path("tenant").asText()),
                    list(node.path("destroyed"), SecretReference::parse),
                    list(node.path("data_keys"), text -> text),
                    node.path("master_key").asText(),
                    Instant.parse(node.path("at").asText()),
                    node.path("proof").asText(),
                    list(node.path("evidence"), text -> text));
            String proof = proof(
                    receipt.tenant(),
                    receipt.destroyed(),
                    receipt.dataKeys(),
                    receipt.masterKey(),
                    receipt.at(),
                    receipt.evidence());
            if (proof.equals(receipt.proof())) {
                return receipt;
            }
        } catch (IOException | RuntimeException e) {
            throw damaged(document, e);
        }
        throw damaged(document, null);
    }

    private static <T> List<T> list(JsonNode array, Function<String, T> reader) {
        List<T> values = new ArrayList<>();
        array.forEach(member -> values.add(reader.apply(member.asText())));
        return values;
    }

    private static LakeportException damaged(Document document, @org.jspecify.annotations.Nullable Exception cause) {
        return new LakeportException(
                SecretError.SECRET_DAMAGED,
                "the receipt '" + document.key() + "' is not what was written; restore the state from a backup",
                cause);
    }
}
