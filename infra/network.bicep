param token string
param location string
param tags object

// Both apps have a subnet of their own, delegated to what runs them: Flex Consumption and Container Apps do not share one.
var apps = 'Microsoft.App/environments'
var subnets = [
  { name: 'functions', prefix: '10.0.0.0/24', delegate: apps }
  { name: 'gpu', prefix: '10.0.1.0/24', delegate: apps }
  { name: 'endpoints', prefix: '10.0.2.0/24', delegate: '' }
]

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: 'vnet-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: ['10.0.0.0/16']
    }
    subnets: [for subnet in subnets: {
      name: subnet.name
      properties: {
        addressPrefix: subnet.prefix
        delegations: empty(subnet.delegate) ? [] : [
          {
            name: 'apps'
            properties: {
              serviceName: subnet.delegate
            }
          }
        ]
      }
    }]
  }

  resource functions 'subnets' existing = {
    name: 'functions'
  }

  resource gpu 'subnets' existing = {
    name: 'gpu'
  }

  resource endpoints 'subnets' existing = {
    name: 'endpoints'
  }
}

output id string = network.id
output functionsSubnetId string = network::functions.id
output gpuSubnetId string = network::gpu.id
output endpointsSubnetId string = network::endpoints.id
