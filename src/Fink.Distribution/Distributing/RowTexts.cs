using Fink.Distribution.Routing;
using Fink.ScienceDb.Columns;

namespace Fink.Distribution.Distributing;

/// <summary>The identifiers of the rows of a batch, copied into a block once an alert.</summary>
internal readonly struct RowTexts(ColumnBatch batch, RoutePlan plan)
{
    /// <summary>Where the texts of a row lie in the block.</summary>
    internal readonly record struct Copied(Run AlertId, Run ObjectId, Run PartitionBy, Run Key);

    public Copied Copy(int row, AlertBlock block)
    {
        var alertId = Copy(plan.AlertId, row, block);
        var objectId = Or(Copy(plan.ObjectId, row, block), alertId);
        var partitionBy = plan.PartitionBy == plan.ObjectId ? objectId : Or(Copy(plan.PartitionBy, row, block), alertId);
        return new Copied(alertId, objectId, partitionBy, Key(row, block));
    }

    private static Run Or(Run run, Run other) => run.Length > 0 ? run : other;

    private Run Key(int row, AlertBlock block)
    {
        if (plan.BrokerVersion < 0)
        {
            return Run.None;
        }

        var broker = Copy(plan.BrokerVersion, row, block);
        var separator = block.AddText("_"u8);
        var science = Copy(plan.ScienceVersion, row, block);
        return new Run(broker.Length > 0 ? broker.Start : separator.Start, broker.Length + separator.Length + science.Length);
    }

    private Run Copy(int column, int row, AlertBlock block) =>
        column < 0 || batch[column].IsNull(row) ? Run.None : block.AddText(batch[column].Bytes(row));
}
