// @databricks/sql; argument 1 is pat or m2m. OAuth is refused for localhost, so M2M goes through the CONNECT port.
import { createRequire } from 'node:module';
import process from 'node:process';

const require = createRequire(`${process.env.LAKEPORT_NODE_MODULES}/`);
const { DBSQLClient } = require('@databricks/sql');

const env = process.env;
const oauth = process.argv[2] === 'm2m';
const checks = [];
const check = (feature, name, run) => checks.push({ feature, name, run });

function equal(actual, expected) {
  const text = (value) => JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? String(v) : v));
  if (text(actual) !== text(expected)) throw new Error(`expected ${text(expected)}, but got ${text(actual)}`);
}

function options() {
  const common = { path: env.LAKEPORT_HTTP_PATH, telemetryEnabled: false };
  if (!oauth) {
    return { ...common, host: 'localhost', port: Number(new URL(env.LAKEPORT_HTTPS_URL).port), token: env.LAKEPORT_TOKEN };
  }
  return {
    ...common,
    host: 'local.cloud.databricks.com',
    authType: 'databricks-oauth',
    oauthClientId: env.LAKEPORT_CLIENT_ID,
    oauthClientSecret: env.LAKEPORT_CLIENT_SECRET,
    proxy: { protocol: 'http', host: '127.0.0.1', port: Number(env.LAKEPORT_PROXY_PORT) },
  };
}

const client = new DBSQLClient();
client.on('error', () => {});
await client.connect(options());
const session = await client.openSession();

async function rows(sql, more = {}) {
  const operation = await session.executeStatement(sql, more);
  try {
    return await operation.fetchAll();
  } finally {
    await operation.close();
  }
}

async function fails(action, text) {
  try {
    await action();
  } catch (failure) {
    const all = `${failure.message} ${JSON.stringify(failure.response ?? {})}`;
    if (!all.includes(text)) throw new Error(`expected ${text} in: ${all}`);
    return;
  }
  throw new Error(`expected a failure with ${text}`);
}

check('Connection', 'session_has_an_id', async () => {
  if (!session.id) throw new Error('no id');
  equal(await rows('SELECT 1 AS one'), [{ one: 1 }]);
});

check('Connection', 'session_starts_where_told', async () => {
  const other = await client.openSession({ initialCatalog: 'samples', initialSchema: 'faa' });
  const operation = await other.executeStatement('SELECT current_catalog() AS c, current_schema() AS s');
  equal(await operation.fetchAll(), [{ c: 'samples', s: 'faa' }]);
  await other.close();
});

check('Connection', 'info_of_the_server', async () => {
  equal((await session.getInfo(18)).getValue().length > 0, true);
});

check('Types', 'every_type_has_its_javascript_value', async () => {
  const [row] = await rows(
    "SELECT true AS b, 1Y AS t, 2S AS s, 3 AS i, 4L AS l, CAST(0.5 AS FLOAT) AS f, 0.25D AS d, 1.50BD AS dec," +
      " 'Grüße 🐦' AS str, X'00FF' AS bin, DATE'2024-02-29' AS day, NULL AS n",
  );
  equal([row.b, row.t, row.s, row.i, Number(row.l), row.f, row.d, row.dec, row.str], [true, 1, 2, 3, 4, 0.5, 0.25, 1.5, 'Grüße 🐦']);
  equal(Buffer.from(row.bin).toString('hex'), '00ff');
  equal(new Date(row.day).toISOString().slice(0, 10), '2024-02-29');
  equal(row.n, null);
});

check('Types', 'timestamps_are_dates', async () => {
  const [row] = await rows("SELECT TIMESTAMP'2024-02-29 12:34:56.789Z' AS at");
  equal(new Date(row.at).toISOString(), '2024-02-29T12:34:56.789Z');
});

check('Types', 'nested_types_are_objects', async () => {
  const [row] = await rows("SELECT array(1, 2) AS a, map('k', 1) AS m, named_struct('x', 1, 'y', 'z') AS s");
  equal(row, { a: [1, 2], m: { k: 1 }, s: { x: 1, y: 'z' } });
});

check('Types', 'intervals_are_texts', async () => {
  const [row] = await rows("SELECT INTERVAL '3-4' YEAR TO MONTH AS ym, INTERVAL '1 02:03:04.5' DAY TO SECOND AS dt");
  equal(row, { ym: '3-4', dt: '1 02:03:04.500000000' });
});

check('Types', 'schema_names_the_columns', async () => {
  const operation = await session.executeStatement("SELECT 1 AS i, 'x' AS s");
  const schema = await operation.getSchema();
  equal(schema.columns.map((c) => c.columnName), ['i', 's']);
  await operation.close();
});

check('Arrow and CloudFetch', 'rows_200k_come_by_links', async () => {
  const operation = await session.executeStatement("SELECT id, 'row ' || id AS s FROM range(200000)", { useCloudFetch: true });
  let count = 0;
  let sum = 0;
  do {
    for (const row of await operation.fetchChunk({ maxRows: 50000 })) {
      count += 1;
      sum += Number(row.id);
    }
  } while (await operation.hasMoreRows());
  await operation.close();
  equal([count, sum], [200000, (200000 * 199999) / 2]);
});

check('Arrow and CloudFetch', 'rows_150k_come_without_links', async () => {
  equal((await rows('SELECT id FROM range(150000)', { useCloudFetch: false })).length, 150000);
});

check('Result sets', 'empty_result_has_no_rows', async () => {
  equal(await rows('SELECT id FROM range(0)'), []);
});

check('Prepared statements', 'parameters_by_name_have_types', async () => {
  equal(await rows('SELECT :i AS i, :s AS s, :b AS b, :n AS n', { namedParameters: { i: 7, s: "it's", b: true, n: null } }), [
    { i: 7, s: "it's", b: true, n: null },
  ]);
});

check('Prepared statements', 'parameters_by_position', async () => {
  equal(await rows('SELECT ? + ? AS sum, ? AS s', { ordinalParameters: [1, 2, 'x'] }), [{ sum: 3, s: 'x' }]);
});

check('Updates', 'table_is_made_filled_and_read', async () => {
  await rows('CREATE OR REPLACE TABLE main.default.node_birds (id INT, name STRING)');
  equal(Number((await rows("INSERT INTO main.default.node_birds VALUES (1, 'wren'), (2, 'swan')"))[0].num_affected_rows), 2);
  equal(await rows('SELECT * FROM main.default.node_birds ORDER BY id'), [
    { id: 1, name: 'wren' },
    { id: 2, name: 'swan' },
  ]);
});

check('Metadata', 'every_metadata_call_answers', async () => {
  await rows('CREATE OR REPLACE TABLE main.default.node_keys (id BIGINT NOT NULL, CONSTRAINT pk_node PRIMARY KEY (id))');
  const all = async (operation) => {
    const found = await operation.fetchAll();
    await operation.close();
    return found;
  };
  const where = { catalogName: 'main', schemaName: 'default', tableName: 'node_keys' };
  equal((await all(await session.getCatalogs())).some((c) => c.TABLE_CAT === 'main'), true);
  equal((await all(await session.getSchemas({ catalogName: 'samples' }))).some((s) => s.TABLE_SCHEM === 'faa'), true);
  equal((await all(await session.getTables(where))).map((t) => [t.TABLE_NAME, t.TABLE_TYPE]), [['node_keys', 'TABLE']]);
  equal((await all(await session.getColumns(where))).map((c) => [c.COLUMN_NAME, c.TYPE_NAME]), [['id', 'BIGINT']]);
  equal((await all(await session.getPrimaryKeys(where))).map((k) => k.COLUMN_NAME), ['id']);
  equal((await all(await session.getTypeInfo())).some((t) => t.TYPE_NAME === 'BIGINT'), true);
  equal((await all(await session.getTableTypes())).some((t) => t.TABLE_TYPE === 'VIEW'), true);
  equal((await all(await session.getFunctions({ catalogName: 'system', functionName: 'up%' }))).some((f) => f.FUNCTION_NAME === 'upper'), true);
  equal(
    await all(
      await session.getCrossReference({
        parentCatalogName: 'main', parentSchemaName: 'default', parentTableName: 'node_keys',
        foreignCatalogName: 'main', foreignSchemaName: 'default', foreignTableName: 'node_keys',
      }),
    ),
    [],
  );
});

check('Errors and SQLSTATE', 'error_has_its_class', async () => {
  await fails(() => rows('SELEC 1'), 'PARSE_SYNTAX_ERROR');
  await fails(() => rows('SELECT * FROM nowhere'), 'TABLE_OR_VIEW_NOT_FOUND');
  equal(await rows('SELECT 5 AS five'), [{ five: 5 }]);
});

check('Cancel', 'cancel_ends_a_statement', async () => {
  const operation = await session.executeStatement(
    'SELECT count(*) FROM range(10000000) a CROSS JOIN range(10000000) b WHERE a.id + b.id = -1',
    { runAsync: true },
  );
  await operation.cancel();
  await fails(() => operation.fetchAll(), '');
});

check('Query timeout', 'query_timeout_ends_a_statement', async () => {
  await fails(
    () => rows('SELECT count(*) FROM range(10000000) a CROSS JOIN range(10000000) b WHERE a.id + b.id = -1', { queryTimeout: 1 }),
    '',
  );
});

check('Query tags', 'tags_of_a_statement_are_taken', async () => {
  equal(await rows('SELECT 1 AS one', { queryTags: { team: 'birds' } }), [{ one: 1 }]);
});

for (const { feature, name, run } of checks) {
  let outcome = 'passed';
  let why = '';
  try {
    await run();
  } catch (failure) {
    outcome = 'failed';
    why = String(failure.message).replace(/\s+/g, ' ').slice(0, 400);
    console.error(failure);
  }
  console.log(`${feature}\t${name}\t${outcome}\t${why}`);
}
await session.close();
await client.close();
