namespace Fink.Client;

/// <summary>What a field of an alert holds.</summary>
public enum AlertValueKind
{
    Null,
    Boolean,

    /// <summary>Avro's int and long.</summary>
    Whole,

    /// <summary>Avro's float and double.</summary>
    Real,

    /// <summary>Avro's string and the symbols of its enum.</summary>
    Text,

    /// <summary>Avro's bytes and fixed: cutouts.</summary>
    Bytes,

    /// <summary>An exact decimal number.</summary>
    Exact,

    /// <summary>A date, or a time since 1970 in UTC.</summary>
    Time,
    List,
    Map,
    Record,
}
