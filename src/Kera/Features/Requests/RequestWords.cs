using System.Globalization;
using Kera.Base.Accounts;
using Kera.Base.Ledger;
using Kera.Base.Requests;
using Kera.Base.Ui;
using NodaTime;

namespace Kera.Features.Requests;

/// <summary>Says of a request who has it and by when.</summary>
internal static class RequestWords
{
    /// <summary>Its number and what it is about.</summary>
    public static string Name(RequestView request, PageContext page) => page.Texts.Format(
        "feedback.name", ("number", request.Id.ToString(CultureInfo.InvariantCulture)), ("kind", page.Texts.OfStored("ask", request.Kind)));

    /// <summary>Who has it, since when, and by when it is answered; or when it was.</summary>
    public static string Holds(RequestView request, PageContext page, Catalog catalog, Instant now)
    {
        var formats = page.Formats;
        if (request.Answered is { } answered)
        {
            return page.Texts.Format("feedback.answered", ("time", formats.Moment(answered)), ("office", Holder(request.Holder, page, catalog)));
        }

        var day = formats.Date(RequestBook.LastDay(request.Due, formats.Zone));
        return page.Texts.Format(
            request.IsLate(now) ? "feedback.late" : request.TakenById is null ? "feedback.waits" : "feedback.taken",
            ("office", Holder(request.Holder, page, catalog)), ("since", formats.Moment(request.Steps[^1].At)), ("day", day));
    }

    /// <summary>The same to the office that has it.</summary>
    public static string ForDesk(RequestView request, PageContext page, Catalog catalog, Instant now) => request.Answered is not null ? Holds(request, page, catalog, now) : page.Texts.Format(
        request.IsLate(now) ? "feedback.desk.late" : "feedback.desk.due",
        ("office", Holder(request.Holder, page, catalog)),
        ("since", page.Formats.Moment(request.Steps[^1].At)),
        ("day", page.Formats.Date(RequestBook.LastDay(request.Due, page.Formats.Zone))));

    /// <summary>Both in a line.</summary>
    public static string Waits(RequestView request, PageContext page, Catalog catalog, Instant now) => $"{Name(request, page)}. {Holds(request, page, catalog, now)}";

    /// <summary>Who has a request: an office, or a partner by its own name.</summary>
    public static string Holder(RoleGrant holder, PageContext page, Catalog catalog) =>
        holder.Agent is { } agent ? catalog.Find(catalog.Agents, agent)?.Row.Name(page.Language) ?? agent : Office(holder.Role, page);

    /// <summary>An office by name.</summary>
    public static string Office(Role office, PageContext page) => Texts.WithoutSoftHyphens(page.Texts.Of("role", RoleGrant.WordOf(office)));
}
