using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>DescribeUserScramCredentials, key 50: which SCRAM credentials users have.</summary>
public sealed class DescribeUserScramCredentialsRequest : IRequest<DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsResponse>
{
    public static ApiKey Key => ApiKey.DescribeUserScramCredentials;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 0, FlexibleFrom: 0);

    public User[]? Users;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.NullableStructs(ref Users);
        visitor.NoTags();
    }

    public struct User() : IWireStruct
    {
        public string Name = "";

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.NoTags();
        }
    }
}

/// <summary>Mechanism and iterations only.</summary>
public sealed class DescribeUserScramCredentialsResponse : IResponse
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;
    public string? ErrorMessage;
    public Result[] Results = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Error(ref ErrorCode);
        visitor.NullableString(ref ErrorMessage);
        visitor.Structs(ref Results);
        visitor.NoTags();
    }

    public struct Result() : IWireStruct
    {
        public string User = "";
        public ErrorCode ErrorCode;
        public string? ErrorMessage;
        public Credential[] CredentialInfos = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref User);
            visitor.Error(ref ErrorCode);
            visitor.NullableString(ref ErrorMessage);
            visitor.Structs(ref CredentialInfos);
            visitor.NoTags();
        }
    }

    public struct Credential() : IWireStruct
    {
        public ScramMechanism Mechanism;
        public int Iterations;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Enum8(ref Mechanism);
            visitor.Int32(ref Iterations);
            visitor.NoTags();
        }
    }
}
