using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>AlterUserScramCredentials, key 51: sets and deletes SCRAM credentials.</summary>
/// <remarks>Carries the salted password, never the password itself.</remarks>
public sealed class AlterUserScramCredentialsRequest : IRequest<AlterUserScramCredentialsRequest, AlterUserScramCredentialsResponse>
{
    public static ApiKey Key => ApiKey.AlterUserScramCredentials;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 0, FlexibleFrom: 0);

    public Deletion[] Deletions = [];
    public Upsertion[] Upsertions = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Structs(ref Deletions);
        visitor.Structs(ref Upsertions);
        visitor.NoTags();
    }

    public struct Deletion() : IWireStruct
    {
        public string Name = "";
        public ScramMechanism Mechanism;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.Enum8(ref Mechanism);
            visitor.NoTags();
        }
    }

    public struct Upsertion() : IWireStruct
    {
        public string Name = "";
        public ScramMechanism Mechanism;
        public int Iterations;
        public ReadOnlyMemory<byte> Salt;
        public ReadOnlyMemory<byte> SaltedPassword;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.Enum8(ref Mechanism);
            visitor.Int32(ref Iterations);
            visitor.Bytes(ref Salt);
            visitor.Bytes(ref SaltedPassword);
            visitor.NoTags();
        }
    }
}

public sealed class AlterUserScramCredentialsResponse : IResponse
{
    public int ThrottleTimeMs;
    public Result[] Results = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Structs(ref Results);
        visitor.NoTags();
    }

    public struct Result() : IWireStruct
    {
        public string User = "";
        public ErrorCode ErrorCode;
        public string? ErrorMessage;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref User);
            visitor.Error(ref ErrorCode);
            visitor.NullableString(ref ErrorMessage);
            visitor.NoTags();
        }
    }
}
