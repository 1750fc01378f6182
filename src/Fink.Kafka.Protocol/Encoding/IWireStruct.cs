namespace Fink.Kafka.Protocol.Encoding;

/// <summary>
/// A message, or a structure inside one. Reading, writing, sizing and printing are all visits of the same fields in wire order,
/// which are therefore named once. A field that a version lacks is not visited in it and keeps its default.
/// </summary>
public interface IWireStruct
{
    void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct;
}

/// <summary>A structure that has tagged fields of its own: fields that are on the wire only where they differ from their default.</summary>
public interface ITaggedStruct : IWireStruct
{
    /// <summary>Bit n: tag n exists in this version and its field differs from its default.</summary>
    uint PresentTags(short version);

    /// <summary>Visits the field of a tag; false where this version has no such tag.</summary>
    bool TryVisitTag<TVisitor>(int tag, ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct;
}
