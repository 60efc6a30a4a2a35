// For large sets. A100s attack several times as fast as T4s; a dedicated scheduler has no limit on work items a second;
// storage survives the loss of a zone. Ask for the GPU quota first.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'prod')
param location = readEnvironmentVariable('AZURE_LOCATION', 'swedencentral')
param gpuProfile = 'Consumption-GPU-NC24-A100'
param maxGpuReplicas = 8
param registrySku = 'Premium'
param maxInstances = 100
param storageSku = 'Standard_ZRS'
param schedulerSku = 'Dedicated'
