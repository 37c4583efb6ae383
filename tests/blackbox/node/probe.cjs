// Who am I, and which buckets do I see: by the default chain, as an ordinary program would.
const { STSClient, GetCallerIdentityCommand } = require("@aws-sdk/client-sts");
const { S3Client, ListBucketsCommand } = require("@aws-sdk/client-s3");
const { fromNodeProviderChain, fromProcess } = require("@aws-sdk/credential-providers");

async function main() {
  const credentials = process.argv[2] === "process" ? fromProcess() : fromNodeProviderChain();
  const region = process.env.AWS_REGION || "eu-central-1";
  const who = await new STSClient({ credentials, region }).send(new GetCallerIdentityCommand({}));
  const found = await new S3Client({ credentials, region }).send(new ListBucketsCommand({}));
  process.stdout.write(JSON.stringify({ arn: who.Arn, buckets: found.Buckets.map((one) => one.Name) }));
}

main().catch((error) => {
  process.stderr.write(`${error.name}: ${error.message}\n`);
  process.exitCode = 1;
});
