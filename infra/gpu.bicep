@minLength(13)
param token string
param location string
param tags object
param identityId string
param principalId string
param subnetId string?
param workspaceId string
param gpuProfile string
param minReplicas int
param maxReplicas int
param registrySku string
param schedulerEndpoint string
param hubName string
param settings object

var acrPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d'

// A replica takes the whole of its profile.
var sizes = {
  'Consumption-GPU-NC8as-T4': { cpu: '8', memory: '56Gi' }
  'Consumption-GPU-NC24-A100': { cpu: '24', memory: '220Gi' }
}

resource registry 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: 'cr${token}'
  location: location
  tags: tags
  sku: {
    name: registrySku
  }
  properties: {
    adminUserEnabled: false
  }
}

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, principalId, acrPull)
  scope: registry
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', acrPull)
  }
}

resource environment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: 'cae-${token}'
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
    vnetConfiguration: subnetId == null ? null : {
      infrastructureSubnetId: subnetId
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
      {
        name: 'gpu'
        workloadProfileType: gpuProfile
      }
    ]
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: environment
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        categoryGroup: 'allLogs'
        enabled: true
      }
    ]
  }
}

// Not of kind functionapp: the platform refuses scale rules of such an app and makes its own, for which the app must have ingress.
resource app 'Microsoft.App/containerApps@2025-07-01' = {
  name: 'gpu-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'gpu' })
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'gpu'
    configuration: {
      registries: [
        {
          server: registry.properties.loginServer
          identity: identityId
        }
      ]
    }
    template: {
      // Time for the shard under way when its replica is taken away; a try that is cut off begins again elsewhere.
      terminationGracePeriodSeconds: 600
      containers: [
        {
          name: 'gpu'
          // Until the first deployment brings the real one.
          image: 'mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0'
          resources: {
            cpu: json(sizes[gpuProfile].cpu)
            memory: sizes[gpuProfile].memory
          }
          env: [for setting in items(settings): {
            name: setting.key
            value: setting.value
          }]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: max(minReplicas, maxReplicas)
        pollingInterval: 30
        // From the last work item to zero replicas.
        cooldownPeriod: 300
        rules: [
          {
            name: 'activities'
            custom: {
              type: 'azure-durabletask-scheduler'
              identity: identityId
              // A replica for each activity that waits: a GPU computes one at a time. The scaler counts those of the whole hub, whatever their
              // names; orchestrations are none of this app's work.
              metadata: {
                endpoint: schedulerEndpoint
                taskhubName: hubName
                workItemType: 'Activity'
                maxConcurrentWorkItemsCount: '1'
              }
            }
          }
        ]
      }
    }
  }
  dependsOn: [pull]
}

output registryEndpoint string = registry.properties.loginServer
