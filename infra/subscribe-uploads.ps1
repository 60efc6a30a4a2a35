# Tells the app of uploads to the container datasets. Run by azd after each deployment; running it again changes nothing.
# infra/subscribe-uploads.sh is the same for Linux and macOS.
$ErrorActionPreference = 'Stop'

# The app makes the key when it first starts with its functions, some time after it was deployed.
$tries = 30
while ($true) {
  $key = az functionapp keys list --resource-group $env:AZURE_RESOURCE_GROUP --name $env:API_NAME --query systemKeys.blobs_extension --output tsv
  if ($key) { break }
  $tries--
  if ($tries -eq 0) {
    Write-Error "$env:API_NAME has no system key blobs_extension yet, so uploads start no runs. Look at its log in the portal, then say: azd hooks run postdeploy"
  }
  Write-Host "Waiting for the system key of $env:API_NAME ..."
  Start-Sleep -Seconds 10
}

# az is a batch file, which takes an unquoted & for the end of the command.
az eventgrid system-topic event-subscription create `
  --resource-group $env:AZURE_RESOURCE_GROUP --system-topic-name $env:UPLOADS_TOPIC_NAME --name datasets --output none `
  --included-event-types Microsoft.Storage.BlobCreated `
  --subject-begins-with /blobServices/default/containers/datasets/ `
  --endpoint "`"$env:API_URI/runtime/webhooks/blobs?functionName=Host.Functions.OnDatasetUploaded&code=$key`""
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
