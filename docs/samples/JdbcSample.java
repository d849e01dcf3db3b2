import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * The official JDBC driver against a local workspace. Nothing of Lakeport is used here.
 *
 * <pre>
 *   ./lakeport workspace start            # prints the JDBC URL
 *   java -cp 'app/target/dist/lib/*' docs/samples/JdbcSample.java 'jdbc:databricks://…'
 * </pre>
 */
public final class JdbcSample {
    public static void main(String[] args) throws Exception {
        try (Connection connection = DriverManager.getConnection(args[0])) {
            DatabaseMetaData metaData = connection.getMetaData();
            System.out.println("driver    " + metaData.getDriverName() + " " + metaData.getDriverVersion());
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE OR REPLACE TABLE main.default.people (id INT, name STRING, born DATE)");
                int rows = statement.executeUpdate("INSERT INTO main.default.people VALUES "
                        + "(1, 'Ada', DATE'1815-12-10'), (2, 'Grace', DATE'1906-12-09'), (3, 'O''Neil', NULL)");
                System.out.println("inserted  " + rows);
            }
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT id, name, born FROM main.default.people WHERE name = ?")) {
                query.setString(1, "O'Neil");
                try (ResultSet result = query.executeQuery()) {
                    while (result.next()) {
                        System.out.println("found     " + result.getInt("id") + " " + result.getString("name") + " "
                                + result.getDate("born"));
                    }
                }
            }
            try (ResultSet tables = metaData.getTables("main", "default", "%", null)) {
                while (tables.next()) {
                    System.out.println("table     " + tables.getString("TABLE_NAME"));
                }
            }
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT id, id * 1.5 AS x FROM range(1000000)")) {
                long count = 0;
                while (result.next()) {
                    count++;
                }
                System.out.println("streamed  " + count + " rows");
            }
        }
        System.exit(0); // The driver leaves threads behind.
    }
}
