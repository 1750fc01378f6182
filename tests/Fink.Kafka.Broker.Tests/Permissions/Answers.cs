using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Tests.Permissions;

/// <summary>Errors as the golden table has them.</summary>
internal static class Answers
{
    public static string Code(ErrorCode error) => $"{(int)error}";

    public static string Codes(IEnumerable<ErrorCode> errors) => string.Join(',', errors.Select(Code));
}
