using System.Diagnostics.CodeAnalysis;

namespace Fink.Client.Plans;

/// <summary>The bytes are no datum of the schema. Whoever knows where they came from says so.</summary>
internal sealed class CorruptDatumException(string message) : Exception(message)
{
    [DoesNotReturn]
    public static void ThrowCutOff(int at) =>
        throw new CorruptDatumException($"the value ends in the middle of a field that begins before byte {at}");

    [DoesNotReturn]
    public static void ThrowBadInteger(int at) =>
        throw new CorruptDatumException($"byte {at} begins no integer of the field's type");

    [DoesNotReturn]
    public static void ThrowBadBoolean(int at) => throw new CorruptDatumException($"byte {at} is neither true nor false");

    [DoesNotReturn]
    public static void ThrowBadBranch(long branch, int at) =>
        throw new CorruptDatumException($"byte {at} chooses branch {branch} of a union that has none of that number");

    [DoesNotReturn]
    public static void ThrowBadSymbol(long symbol, int at) =>
        throw new CorruptDatumException($"byte {at} names symbol {symbol} of an enumeration that has none of that number");

    [DoesNotReturn]
    public static void ThrowBadCount(long count, int at) =>
        throw new CorruptDatumException($"byte {at} announces {count} items");

    [DoesNotReturn]
    public static void ThrowTooDeep(int at) => throw new CorruptDatumException($"values lie too deep in each other at byte {at}");
}
