using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using DataCentric.Pipeline.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace DataCentric.Functions.Tests;

/// <summary>What reaches an Application Insights that takes nothing without a token, and an identity that gives tokens; both are fakes.</summary>
public sealed class InsightsIdentityTests
{
    [Fact]
    public async Task Telemetry_is_posted_with_a_token_of_the_identity_that_the_settings_name()
    {
        await using var identity = await FakeIdentityAsync();
        var posts = new List<(Uri Uri, AuthenticationHeaderValue? Authorization)>();
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration[StorageConnection.Name] = "UseDevelopmentStorage=true";
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = "";
        builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] =
            "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://insights.invalid/;LiveEndpoint=https://live.invalid/";
        builder.Configuration[InsightsIdentity.Setting] = "ClientId=11111111-1111-1111-1111-111111111111;Authorization=AAD";
        builder.AddWorkerDefaults();
        builder.Services.Configure<AzureMonitorExporterOptions>(exporter =>
        {
            exporter.ConnectionString = builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"];
            exporter.Transport = new HttpClientTransport(new FakeInsights(posts));
            exporter.DisableOfflineStorage = true;
        });
        await using var services = builder.Services.BuildServiceProvider();
        using var meter = new Meter(PipelineTelemetry.Name);

        var metrics = services.GetRequiredService<MeterProvider>();
        meter.CreateCounter<long>("datacentric.images").Add(1);
        metrics.ForceFlush(30_000).ShouldBeTrue();

        lock (posts)
        {
            posts.Where(post => post.Uri.Host == "insights.invalid").ShouldNotBeEmpty("Nothing was posted.");
            posts.Where(post => post.Uri.Host == "insights.invalid").ShouldAllBe(post => post.Authorization != null && post.Authorization.ToString() == "Bearer token-of-11111111-1111-1111-1111-111111111111");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Without_the_setting_the_key_alone_is_sent(string? value) => InsightsIdentity.Of(value).ShouldBeNull();

    [Theory]
    [InlineData("Authorization=AAD")]
    [InlineData("authorization=aad;")]
    public void The_app_itself_is_an_identity_too(string value) => InsightsIdentity.Of(value).ShouldBeOfType<ManagedIdentityCredential>();

    [Theory]
    [InlineData("ClientId=x")]
    [InlineData("Authorization=Key")]
    [InlineData("AAD")]
    public void What_says_nothing_is_refused(string value) => Should.Throw<InputException>(() => InsightsIdentity.Of(value)).Message.ShouldContain("Authorization=AAD");

    /// <summary>The endpoint for managed identities that Azure gives each app by these two environment variables.</summary>
    private static async Task<WebApplication> FakeIdentityAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsJsonAsync(new Dictionary<string, string>
        {
            ["access_token"] = $"token-of-{context.Request.Query["client_id"]}",
            ["expires_on"] = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["resource"] = context.Request.Query["resource"].ToString(),
            ["token_type"] = "Bearer",
        }));
        await app.StartAsync();
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", app.Urls.Single());
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", "secret");
        return app;
    }

    private sealed class FakeInsights(List<(Uri Uri, AuthenticationHeaderValue? Authorization)> posts) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (posts)
                posts.Add((request.RequestUri!, request.Headers.Authorization));
            return new(HttpStatusCode.OK) { Content = new StringContent("""{ "itemsReceived": 1, "itemsAccepted": 1, "errors": [] }""") };
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }
}
