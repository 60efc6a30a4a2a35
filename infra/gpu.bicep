@minLength(13)
param token string
param location string
param tags object
param identityId string
param principalId string
param workspaceId string
param gpuProfile string
param maxReplicas int
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
    name: 'Basic'
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
    workloadProfiles: [
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

resource app 'Microsoft.App/containerApps@2025-07-01' = {
  name: 'gpu-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'gpu' })
  kind: 'functionapp'
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
        minReplicas: 0
        maxReplicas: maxReplicas
      }
    }
  }
  dependsOn: [pull]
}

output registryEndpoint string = registry.properties.loginServer
