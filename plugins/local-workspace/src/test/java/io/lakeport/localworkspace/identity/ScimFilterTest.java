package io.lakeport.localworkspace.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.http.Json;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Filters and patches of SCIM, also those that are none. */
class ScimFilterTest {
    private static final String JANE =
            "{\"userName\":\"Jane@x.com\",\"active\":true,\"emails\":[{\"value\":\"jane@x.com\"}],"
                    + "\"name\":{\"familyName\":\"O \\\"Q\\\"\"},\"entitlements\":[{\"value\":\"a\"},{\"value\":\"b\"}]}";

    private static JsonNode jane() {
        try {
            return Json.parse(JANE);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean matches(String filter) {
        return ScimFilter.parse(filter).test(jane());
    }

    @Test
    void filter_comparisonsAndLogic_followTheStandard() {
        for (String yes : List.of(
                "userName eq \"jane@X.com\"",
                "USERNAME pr or userName sw \"jane\"",
                "emails.value co \"@x\"",
                "name.familyName eq \"o \\\"q\\\"\"",
                "entitlements eq \"b\"",
                "userName ne \"john\" and active eq true",
                "active eq false and userName pr or active eq true",
                "active eq false or (userName ew \"com\" and active eq true)")) {
            assertThat(matches(yes)).as(yes).isTrue();
        }
        for (String no :
                List.of("userName eq \"x\"", "entitlements ne \"a\"", "title pr", "(active eq false)", "x.y.z eq 1")) {
            assertThat(matches(no)).as(no).isFalse();
        }
    }

    @Test
    void filter_malformed_isRefusedAndNothingElse() {
        for (String wrong : List.of(
                "userName",
                "userName eq",
                "eq \"x\"",
                "(userName pr",
                "userName pr)",
                "a eq b c",
                "a eq \"b",
                "and",
                "a like b")) {
            assertThatThrownBy(() -> ScimFilter.parse(wrong).test(jane()))
                    .as(wrong)
                    .isInstanceOf(ScimException.class);
        }
        String[] words = {"a", "eq", "\"x\"", "(", ")", "and", "or", "pr", "\"", "\\", " ", "co"};
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(9); j >= 0; j--) {
                text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
            }
            try {
                ScimFilter.parse(text.toString()).test(jane());
            } catch (ScimException refused) {
                assertThat(refused).hasMessageStartingWith("Invalid filter");
            }
        }
    }

    @Test
    void patch_malformed_isRefused() throws JsonProcessingException {
        for (String wrong : List.of(
                "{}",
                "{\"Operations\":[]}",
                "{\"Operations\":7}",
                "{\"Operations\":[7]}",
                "{\"Operations\":[{\"op\":\"move\",\"path\":\"x\"}]}",
                "{\"Operations\":[{\"op\":\"add\",\"path\":\"x y\",\"value\":1}]}",
                "{\"Operations\":[{\"op\":\"add\",\"path\":\"active\"}]}",
                "{\"Operations\":[{\"op\":\"replace\",\"value\":\"x\"}]}",
                "{\"Operations\":[{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"display\":\"x\"}]}]}")) {
            ObjectNode resource = (ObjectNode) jane();
            JsonNode body = Json.parse(wrong);
            assertThatThrownBy(() -> ScimPatch.apply(resource, body)).as(wrong).isInstanceOf(ScimException.class);
        }
    }
}
