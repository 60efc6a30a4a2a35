param location string
param tags object
@minLength(13)
param token string
param deployerId string
param gpuProfile string
param minGpuReplicas int
param maxGpuReplicas int
param registrySku string
param maxInstances int
param storageSku string
param schedulerSku string
param keepRunsDays int
param privateNetwork bool
param allowedAddresses string[]

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-${token}'
  location: location
  tags: tags
}

module network 'network.bicep' = if (privateNetwork) {
  params: {
    token: token
    location: location
    tags: tags
  }
}

module storage 'storage.bicep' = {
  params: {
    isPrivate: privateNetwork
    allowedAddresses: allowedAddresses
    name: 'st${token}'
    location: location
    tags: tags
    sku: storageSku
    keepRunsDays: keepRunsDays
    principalId: identity.properties.principalId
    deployerId: deployerId
  }
}

module monitoring 'monitoring.bicep' = {
  params: {
    token: token
    location: location
    tags: tags
    principalId: identity.properties.principalId
  }
}

module scheduler 'scheduler.bicep' = {
  params: {
    isPrivate: privateNetwork
    allowedAddresses: allowedAddresses
    name: 'dts-${token}'
    location: location
    tags: tags
    sku: schedulerSku
    principalId: identity.properties.principalId
    deployerId: deployerId
  }
}

var targets = [
  { service: 'blob', id: storage.outputs.id, zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { service: 'queue', id: storage.outputs.id, zone: 'privatelink.queue.${environment().suffixes.storage}' }
  { service: 'table', id: storage.outputs.id, zone: 'privatelink.table.${environment().suffixes.storage}' }
  { service: 'scheduler', id: scheduler.outputs.id, zone: 'privatelink.durabletask.io' }
]

module endpoints 'endpoint.bicep' = [for (service, i) in ['blob', 'queue', 'table', 'scheduler']: if (privateNetwork) {
  params: {
    name: 'pe-${service}-${token}'
    location: location
    tags: tags
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointsSubnetId
    targetId: targets[i].id
    service: service
    zoneName: targets[i].zone
  }
}]

// What both apps are told: where data lie and who they are. No setting is a secret.
var shared = {
  AZURE_CLIENT_ID: identity.properties.clientId
  AzureWebJobsStorage__accountName: storage.outputs.name
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identity.properties.clientId
  DataCentricStorage__blobServiceUri: storage.outputs.blobEndpoint
  DataCentricStorage__queueServiceUri: storage.outputs.queueEndpoint
  DataCentricStorage__credential: 'managedidentity'
  DataCentricStorage__clientId: identity.properties.clientId
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${scheduler.outputs.endpoint};Authentication=ManagedIdentity;ClientID=${identity.properties.clientId}'
  AzureFunctionsJobHost__extensions__durableTask__hubName: scheduler.outputs.hubName
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
  APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
}

module api 'api.bicep' = {
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    identityId: identity.id
    subnetId: privateNetwork ? network!.outputs.functionsSubnetId : null
    deploymentContainer: storage.outputs.deploymentContainer
    maxInstances: maxInstances
    settings: union(shared, {
      AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions: '4'
      DataCentric__Limits__HasAttackWorkers: 'true'
      DataCentric__Limits__AttackWorkerPatience: '00:30:00'
      DataCentric__Limits__MaxInFlight: '64'
      // The placeholder that warm instances start from has no .NET 10 yet.
      WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED: '0'
    })
  }
}

module gpu 'gpu.bicep' = {
  params: {
    token: token
    location: location
    tags: tags
    identityId: identity.id
    principalId: identity.properties.principalId
    workspaceId: monitoring.outputs.workspaceId
    gpuProfile: gpuProfile
    subnetId: privateNetwork ? network!.outputs.gpuSubnetId : null
    minReplicas: minGpuReplicas
    maxReplicas: maxGpuReplicas
    registrySku: registrySku
    schedulerEndpoint: scheduler.outputs.endpoint
    hubName: scheduler.outputs.hubName
    settings: union(shared, {
      // A GPU computes one shard at a time.
      AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions: '1'
      // All replicas are one host; its default would be the name of each container.
      AzureFunctionsWebHost__hostid: 'gpu-${token}'
    })
  }
}

// Its subscription is made after deployment, when the app can answer.
resource uploads 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: 'uploads-${token}'
  location: location
  tags: tags
  properties: {
    source: storage.outputs.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

output registryEndpoint string = gpu.outputs.registryEndpoint
output storageName string = storage.outputs.name
output apiName string = api.outputs.name
output apiUri string = api.outputs.uri
output topicName string = uploads.name
