#!/bin/sh
# Tells the app of uploads to the container datasets. Run by azd after each deployment; running it again changes nothing.
# infra/subscribe-uploads.ps1 is the same for Windows.
set -eu

# The app makes the key when it first starts with its functions, some time after it was deployed.
tries=30
key=
while [ -z "$key" ]; do
  key=$(az functionapp keys list --resource-group "$AZURE_RESOURCE_GROUP" --name "$API_NAME" --query systemKeys.blobs_extension --output tsv || true)
  [ -z "$key" ] || break
  tries=$((tries - 1))
  if [ "$tries" -eq 0 ]; then
    echo "$API_NAME has no system key blobs_extension yet, so uploads start no runs. Look at its log in the portal, then say: azd hooks run postdeploy" >&2
    exit 1
  fi
  echo "Waiting for the system key of $API_NAME ..."
  sleep 10
done

az eventgrid system-topic event-subscription create \
  --resource-group "$AZURE_RESOURCE_GROUP" --system-topic-name "$UPLOADS_TOPIC_NAME" --name datasets --output none \
  --included-event-types Microsoft.Storage.BlobCreated \
  --subject-begins-with /blobServices/default/containers/datasets/ \
  --endpoint "$API_URI/runtime/webhooks/blobs?functionName=Host.Functions.OnDatasetUploaded&code=$key"
