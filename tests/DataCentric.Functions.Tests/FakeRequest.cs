using System.Collections.Specialized;
using System.Net;
using System.Security.Claims;
using System.Text;
using System.Web;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DataCentric.Functions.Tests;

/// <summary>A call as the worker hands it to a function.</summary>
internal sealed class FakeRequest(string method, string path, string? accept = null, string body = "") : HttpRequestData(new FakeContext())
{
    public override Stream Body { get; } = new MemoryStream(Encoding.UTF8.GetBytes(body));

    public override HttpHeadersCollection Headers { get; } = accept is null ? [] : new HttpHeadersCollection([KeyValuePair.Create("Accept", accept)]);

    public override IReadOnlyCollection<IHttpCookie> Cookies => [];

    public override Uri Url { get; } = new("https://app.example" + path);

    public override IEnumerable<ClaimsIdentity> Identities => [];

    public override string Method => method;

    public override NameValueCollection Query => HttpUtility.ParseQueryString(Url.Query);

    public override HttpResponseData CreateResponse() => new FakeResponse(FunctionContext);

    /// <summary>What a function answered.</summary>
    public static string TextOf(HttpResponseData response) => Encoding.UTF8.GetString(((MemoryStream)response.Body).ToArray());

    private sealed class FakeResponse(FunctionContext context) : HttpResponseData(context)
    {
        public override HttpStatusCode StatusCode { get; set; }

        public override HttpHeadersCollection Headers { get; set; } = [];

        public override Stream Body { get; set; } = new MemoryStream();

        public override HttpCookies Cookies => throw new NotSupportedException();
    }

    private sealed class FakeContext : FunctionContext
    {
        public override string InvocationId => "invocation";

        public override string FunctionId => "function";

        public override TraceContext TraceContext => throw new NotSupportedException();

        public override BindingContext BindingContext => throw new NotSupportedException();

        public override RetryContext RetryContext => throw new NotSupportedException();

        public override IServiceProvider InstanceServices { get; set; } = new ServiceCollection().Configure<WorkerOptions>(worker => worker.Serializer = new JsonObjectSerializer()).BuildServiceProvider();

        public override FunctionDefinition FunctionDefinition => throw new NotSupportedException();

        public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

        public override IInvocationFeatures Features => throw new NotSupportedException();
    }
}
