package io.lakeport.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.lakeport.core.connector.Connector;
import io.lakeport.core.connector.ConnectorContext;
import io.lakeport.core.connector.ConnectorFactory;
import io.lakeport.core.connector.ConnectorPlugin;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.ResultStream;
import io.lakeport.core.query.RowCursor;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.tenant.TenantId;
import io.lakeport.testkit.rules.PluginRules;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class RowCountPluginTest {
    private final List<String> statements = new ArrayList<>();

    @Test
    void plugin_declaredAsService_bringsRowCount() {
        ConnectorPlugin plugin = ServiceLoader.load(ConnectorPlugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals("sample"))
                .findFirst()
                .orElseThrow();
        assertThat(plugin.connectors()).extracting(ConnectorFactory::kind).containsExactly("row-count");
    }

    @Test
    void run_nameWithABacktick_quotesItAndTellsTheCount() {
        assertThat(connector().run(Map.of("table", "main.`or``ders`"))).isEqualTo("`main`.`or``ders` has 42 rows");
        assertThat(statements).containsExactly("SELECT count(*) AS row_count FROM `main`.`or``ders`");
    }

    @Test
    void run_withoutATable_saysWhatIsExpected() {
        assertThatThrownBy(() -> connector().run(Map.of()))
                .isInstanceOfSatisfying(
                        LakeportException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INVALID_REQUEST))
                .hasMessageContaining("argument 'table'");
        assertThat(statements).isEmpty();
    }

    @Test
    void plugin_keepsTheRulesForPlugins() {
        PluginRules.check(new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.lakeport.sample"));
    }

    @Test
    void guide_showsThisVeryCode() throws Exception {
        String guide = Files.readString(Path.of("../../docs/plugin-author.md"));
        for (String file : List.of(
                "java/io/lakeport/sample/RowCountPlugin.java",
                "java/io/lakeport/sample/RowCountConnector.java",
                "java/module-info.java")) {
            assertThat(guide)
                    .as("docs/plugin-author.md shows " + file + " as it is built")
                    .contains("```java\n" + Files.readString(Path.of("src/main", file)) + "```");
        }
    }

    private Connector connector() {
        return new RowCountPlugin().connectors().get(0).create(new ConnectorContext() {
            @Override
            public TenantId tenant() {
                return TenantId.of("acme");
            }

            @Override
            public ResultStream execute(StatementRequest request) {
                throw new AssertionError("row-count reads rows");
            }

            @Override
            public RowCursor rows(StatementRequest request) {
                statements.add(request.sql());
                return fortyTwo();
            }
        });
    }

    private static RowCursor fortyTwo() {
        return (RowCursor) Proxy.newProxyInstance(
                RowCursor.class.getClassLoader(),
                new Class<?>[] {RowCursor.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "next" -> true;
                    case "getLong" -> 42L;
                    default -> null;
                });
    }
}
