// Reads a Parquet file with DuckDB and prints what it holds as one JSON object; images as hexadecimal text.
const { DuckDBInstance } = require('@duckdb/node-api');

(async () => {
  const file = process.argv[2].replaceAll("'", "''");
  const connection = await (await DuckDBInstance.create()).connect();
  const query = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  const columns = await query(`describe select * from '${file}'`);
  const rows = await query(`select * exclude (image), hex(image.bytes) as png, image.path as path from '${file}'`);
  const metadata = await query(`select decode(key) as key, decode(value) as value from parquet_kv_metadata('${file}')`);
  console.log(JSON.stringify({ columns, rows, metadata }));
})();
