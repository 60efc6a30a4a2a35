targetScope = 'subscription'

@description('Name of the azd environment; part of every resource name.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('Region; it must offer Flex Consumption, the Durable Task Scheduler and serverless GPUs, such as swedencentral.')
param location string

@description('GPU of the attack app: one in each replica.')
@allowed([
  'Consumption-GPU-NC8as-T4'
  'Consumption-GPU-NC24-A100'
])
param gpuProfile string = 'Consumption-GPU-NC8as-T4'

@description('GPU replicas that are always there. 0: the first work item of a run wakes one, some minutes later. 1 does not depend on the scale rule and is billed by the second, also while nothing runs. As many as maxGpuReplicas: none is taken away in the middle of a shard.')
@minValue(0)
@maxValue(100)
param minGpuReplicas int = 0

@description('Most GPU replicas at once.')
@minValue(1)
@maxValue(100)
param maxGpuReplicas int = 1

@description('Registry of the GPU app\'s image. Premium can stream it (az acr artifact-streaming), so that a replica starts before all of it is there.')
@allowed([
  'Basic'
  'Standard'
  'Premium'
])
param registrySku string = 'Basic'

@description('Most instances of the orchestration app.')
@minValue(1)
@maxValue(1000)
param maxInstances int = 40

@description('Redundancy of the storage account.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
])
param storageSku string = 'Standard_LRS'

@description('Consumption bills each work item, Dedicated a capacity unit by the hour.')
@allowed([
  'Consumption'
  'Dedicated'
])
param schedulerSku string = 'Consumption'

@description('Days that what runs left behind stays in runs/.')
@minValue(1)
param keepRunsDays int = 14

@description('Storage and scheduler have addresses in a virtual network of both apps, and are closed to the internet but for allowedAddresses. To be chosen before the first deployment: the environment of the GPU app cannot be moved into a network.')
param privateNetwork bool = false

@description('With privateNetwork: public IPv4 addresses from which data sets can be uploaded, results fetched and the scheduler\'s dashboard opened, such as 203.0.113.7.')
param allowedAddresses string[] = []

var tags = {
  'azd-env-name': environmentName
}

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module resources 'resources.bicep' = {
  name: 'datacentric'
  scope: group
  params: {
    location: location
    tags: tags
    token: toLower(uniqueString(subscription().id, environmentName, location))
    deployerId: deployer().objectId
    gpuProfile: gpuProfile
    minGpuReplicas: minGpuReplicas
    maxGpuReplicas: maxGpuReplicas
    registrySku: registrySku
    maxInstances: maxInstances
    storageSku: storageSku
    schedulerSku: schedulerSku
    keepRunsDays: keepRunsDays
    privateNetwork: privateNetwork
    allowedAddresses: allowedAddresses
  }
}

// A build property of the apps, which azd hands on to dotnet publish.
output DurableProvider string = 'AzureManaged'
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = resources.outputs.registryEndpoint
output STORAGE_ACCOUNT_NAME string = resources.outputs.storageName
output API_NAME string = resources.outputs.apiName
output API_URI string = resources.outputs.apiUri
output UPLOADS_TOPIC_NAME string = resources.outputs.topicName
