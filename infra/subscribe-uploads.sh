#!/bin/sh
# Tells the app of uploads to the container datasets. Run by azd after each deployment; running it again changes nothing.
set -eu
key=$(az functionapp keys list --resource-group "$AZURE_RESOURCE_GROUP" --name "$API_NAME" --query systemKeys.blobs_extension --output tsv)
az eventgrid system-topic event-subscription create \
  --resource-group "$AZURE_RESOURCE_GROUP" --system-topic-name "$UPLOADS_TOPIC_NAME" --name datasets --output none \
  --included-event-types Microsoft.Storage.BlobCreated \
  --subject-begins-with /blobServices/default/containers/datasets/ \
  --endpoint "$API_URI/runtime/webhooks/blobs?functionName=Host.Functions.OnDatasetUploaded&code=$key"
