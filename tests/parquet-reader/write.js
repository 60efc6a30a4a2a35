// Runs one statement of DuckDB, such as COPY (...) TO 'file.parquet'.
const { DuckDBInstance } = require('@duckdb/node-api');

(async () => {
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(process.argv[2]);
})();
