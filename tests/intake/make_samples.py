"""Writes the sample exports beside it. Everybody in them is invented; what is true to the platforms is every byte else.

Run it after a change, then read what `git diff` shows.
"""

# ruff: noqa: E501 - a row of an export is as long as it is

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

SAMPLES = Path(__file__).parent / "samples"
NBSP = "\u00a0"
NNBSP = "\u202f"
BOM = "\ufeff"


def write(path: str, text: str, encoding: str = "utf-8") -> None:
    """One sample, its line ends as they are in `text`."""
    write_bytes(path, text.encode(encoding))


def write_bytes(path: str, data: bytes) -> None:
    target = SAMPLES / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def lines(*rows: str, end: str = "\n") -> str:
    return "".join(row + end for row in rows)


def tabbed(*rows: Sequence[str], end: str = "\r\n") -> str:
    return lines(*("\t".join(row) for row in rows), end=end)


def workbook(path: str, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
    """A workbook with the dates of a spreadsheet: numbers that a format shows as dates."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})
    dated = book.add_format({"num_format": "m/d/yy h:mm:ss"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, float):
                    sheet.write_number(number, column, value, dated)
                else:
                    sheet.write(number, column, value)
    book.close()
    write_bytes(path, held.getvalue())


def archive(path: str, members: Mapping[str, str]) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(zipfile.ZipInfo(name), text)
    write_bytes(path, held.getvalue())


def zoom_meetings() -> None:
    write(
        "zoom/participants-unique-users.csv",
        lines(
            "Name (Original Name),User Email,Total Duration (Minutes),Guest",
            "Alix Martin,alix.martin@example.org,118,No",
            "Tablette salle 2 (Noé Diallo),,61,Yes",
        ),
    )
    write(
        "zoom/participants-rejoin.csv",
        lines(
            "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room",
            "Alix Martin (Host),alix.martin@example.org,10/26/2020 01:55:02 PM,10/26/2020 04:10:40 PM,136,No,,No",
            "Noé Diallo,,10/26/2020 02:01:10 PM,10/26/2020 02:20:10 PM,19,Yes,,No",
            "Noé Diallo,,10/26/2020 02:31:00 PM,10/26/2020 04:00:00 PM,89,Yes,,No",
            "Zoé Lê,zoe.le@example.org,10/26/2020 01:50:00 PM,10/26/2020 01:54:00 PM,4,Yes,,Yes",
            '"O\'Neil, Siân",sian@example.org,10/26/2020 02:00:00 PM,--,--,Yes,,No',
        ),
    )
    write(
        "zoom/participants-preamble.csv",
        lines(
            "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants",
            '812 3456 7890,"Coopération : le Maroc",26/10/2020 13:55:00,26/10/2020 16:10:00,daect@example.org,135,2',
            "",
            "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)",
            "Alix Martin,alix.martin@example.org,26/10/2020 13:55:02,26/10/2020 16:10:40,136",
            "=HYPERLINK(0),,26/10/2020 14:00:00,26/10/2020 16:00:00,120",
        ),
    )
    write(
        "zoom/participants-french-semicolons-cp1252-padded.csv",
        lines(
            "N° de réunion;Sujet;Heure de début;Heure de fin;Adresse e-mail de l'utilisateur;Durée (minutes);Participants",
            "812 3456 7890;Le Sénégal;05/11/20 13:55:00;05/11/20 16:10:00;daect@example.org;135;2",
            ";;;;;;",
            "Nom (nom original);Adresse e-mail de l’utilisateur;Heure d’arrivée;Heure de départ;Durée (minutes);Invité;Salle d’attente",
            "Éloïse Bœuf;eloise@example.org;05/11/20 14:01:00;05/11/20 15:59:30;119;Non;Non",
            "Noé Diallo;;05/11/20 13:58:00;05/11/20 14:00:00;2;Oui;Oui",
            ";;;;;;",
        ),
        "cp1252",
    )
    write(
        "zoom/active-hosts-duplicate-headers-bom.csv",
        BOM
        + lines(
            "Topic,Meeting ID,User Name,User Email,Department,Group,Has Zoom Rooms?,Creation Time,Start Time,End Time,"
            "Duration (Minutes),Participants,Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,"
            "Recording Consent",
            "Sport,811 1111 1111,DAECT,daect@example.org,,,No,09/01/2021 10:00:00,09/10/2021 08:00:21,09/10/2021 09:30:00,"
            "90,2,DAECT (Host),daect@example.org,09/10/2021 08:00:21,09/10/2021 09:30:00,90,No,,",
            "Sport,811 1111 1111,DAECT,daect@example.org,,,No,09/01/2021 10:00:00,09/10/2021 08:00:21,09/10/2021 09:30:00,"
            "90,2,Alix Martin,alix.martin@example.org,09/10/2021 08:02:00,09/10/2021 09:29:00,88,Yes,,",
            "",
            "Santé,822 2222 2222,DAECT,daect@example.org,,,No,09/01/2021 10:00:00,09/14/2021 08:00:00,09/14/2021 09:00:00,"
            "60,1,Alix Martin,alix.martin@example.org,09/14/2021 08:00:10,09/14/2021 09:00:00,60,Yes,,",
        ),
    )
    write(
        "zoom/report-2024-sentence-case.csv",
        lines(
            "Topic,Type,ID,Host name,Host email,Start time,End time,Participants,Duration (minutes),Name (original name),Email,"
            "Join time,Leave time,Guest,Recording disclaimer response,In waiting room",
            'Jeunesse,Webinar,833 3333 3333,DAECT,daect@example.org,"Mar 21, 2024 09:00:00","Mar 21, 2024 10:30:00",2,90,'
            'Noé Diallo,noe@example.org,"Mar 21, 2024 09:03:00","Mar 21, 2024 10:29:00",Yes,,No',
        ),
    )


def zoom_webinars() -> None:
    write(
        "zoom/webinar-2020-five-sections.csv",
        lines(
            "Attendee Report,",
            'Report Generated:,"Apr 09, 2020 8:50 PM"',
            "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users,"
            "Max Concurrent Views",
            'My topic,328-972-509,"Mar 28, 2020 8:07 AM", 548, 461, 0,446,991,0',
            "Host Details,",
            "Attended,User Name,Email,Join Time,Leave Time,Time in Session (minutes),Country/Region Name",
            'Yes,DAECT,daect@example.org,"Mar 28, 2020 08:07:27","Mar 28, 2020 17:14:40",548,France',
            "Panelist Details,",
            '"Attended","User Name","Email","Join Time","Leave Time","Time in Session (minutes)","Country/Region Name"',
            '"Yes","Ada Ndiaye","ada@example.org","Mar 28, 2020 08:10:00","Mar 28, 2020 09:00:00","50","Senegal"',
            '"No","Bo Lund","bo@example.org","--","--","--","--"',
            "Attendee Details,",
            '"Attended","First Name","Last Name","Email","Registration Time","Approval Status","Join Time","Leave Time",'
            '"Time in Session (minutes)","Country/Region Name"',
            '"Yes","Alix","Martin","alix.martin@example.org","Mar 20, 2020 10:00:00","approved","Mar 28, 2020 08:15:00",'
            '"Mar 28, 2020 09:00:00","45","France"',
            '"Yes","Alix","Martin","alix.martin@example.org","NA","NA","Mar 28, 2020 09:10:00","Mar 28, 2020 10:00:00","50",'
            '"France"',
            '"No","Noé","Diallo","noe@example.org","Mar 21, 2020 11:30:00","approved","--","--","--","--"',
            '"Yes","Ada","Ndiaye","ada@example.org","Mar 22, 2020 09:00:00","upgraded to panelist","Mar 28, 2020 08:08:00",'
            '"Mar 28, 2020 08:10:00","2","Senegal"',
            "Other Attended,",
            '"User Name","Join Time","Leave Time","Time in Session (minutes)","Country/Region Name"',
            '"33612345678","Mar 28, 2020 2:20 PM","Mar 28, 2020 2:40 PM","20","France"',
        ),
    )
    write(
        "zoom/webinar-2021-questions.csv",
        BOM
        + lines(
            "Attendee Report",
            "Report Generated:,04/27/2026 08:00:00 AM",
            "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registrants,# Cancelled,Unique Viewers,Total Users,"
            "Max Concurrent Views",
            "Le cycle,844 4444 4444,04/26/2026 10:40:00 AM,95,3,1,2,2,2",
            "Attendee Details",
            "Attended,User Name (Original Name),First Name,Last Name,Email,City,Country/Region,Phone,Organization,Job Title,"
            "Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,Votre question ?,"
            "Country/Region Name",
            "Yes,Alix M.,Alix,Martin,alix.martin@example.org,Lille,FR,+33600000000,Métropole de l’Exemple,Cheffe de projet,"
            "04/20/2026 09:00:00 AM,approved,04/26/2026 10:45:17 AM,04/26/2026 12:10:00 PM,85,Yes,Combien ?,Belgium",
            "No,--,Noé,Diallo,noe@example.org,,SN,,Ville de Démo,,04/21/2026 09:00:00 AM,cancelled,--,--,--,--,,--",
        ),
    )
    write(
        "zoom/webinar-without-registration.csv",
        lines(
            "Attendee Report",
            "Report Generated:,04/27/2026 08:00:00 AM",
            "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),Unique Viewers,Total Users,Max Concurrent Views",
            "Le cycle,844 4444 4444,04/26/2026 10:40:00 AM,95,1,1,1",
            "Attendee Details",
            "Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name",
            "Yes,Alix M.,alix.martin@example.org,04/26/2026 10:45:17 AM,04/26/2026 12:10:00 PM,85,Yes,France",
            "Poll Details",
            "User Name,Email,Answer",
            "Alix M.,alix.martin@example.org,Oui",
        ),
    )
    write(
        "zoom/webinar-french-from-memory.csv",
        BOM
        + lines(
            "Rapport sur les participants",
            "Sujet,N° de webinaire,Heure de début réelle,Durée réelle (minutes),# Inscrits,Spectateurs uniques",
            "Le cycle,844 4444 4444,26/10/2020 13:55:00,95,2,1",
            "Détails des participants",
            "A participé,Nom d'utilisateur (nom original),Prénom,Nom de famille,Adresse e-mail,Heure d’inscription,"
            "Statut d’approbation,Heure d’arrivée,Heure de départ,Durée de la session (minutes)",
            "Oui,Alix M.,Alix,Martin,alix@example.org,20/10/2020 09:00:00,approuvé,26/10/2020 14:00:00,26/10/2020 15:00:00,60",
            "Non,--,Noé,Diallo,noe@example.org,21/10/2020 09:00:00,approuvé,--,--,--",
        ),
    )
    write(
        "zoom/registration-report.csv",
        lines(
            "Registration Report",
            "Report Generated:,04/20/2026 08:00:00 AM",
            "Topic,Webinar ID,Scheduled Time,Duration (minutes),# Registered,# Cancelled,# Approved,# Denied",
            "Le cycle,844 4444 4444,04/26/2026 10:45:00 AM,90,2,0,1,1",
            "Registrant Details",
            "First Name,Last Name,Email,Registration Time,Approval Status,Phone,Source Name,Attendance Type",
            "Alix,Martin,alix.martin@example.org,04/19/2026 09:00:00 AM,approved,0600000000,,Online",
            "Noé,Diallo,noe@example.org,04/18/2026 10:00:00 PM,denied,,,Online",
        ),
    )


def teams() -> None:
    write(
        "teams/list-left-missing.csv",
        BOM
        + lines(
            "Full Name,User Action,Timestamp",
            'Alix Martin,Joined,"11/24/2020, 9:50:12 AM"',
            'Alix Martin,Left,"11/24/2020, 10:20:00 AM"',
            'Alix Martin,Joined,"11/24/2020, 10:25:00 AM"',
            'Noé Diallo,Left,"11/24/2020, 11:00:00 AM"',
            'Noé Diallo,Joined,"11/24/2020, 9:55:00 AM"',
            'Zoé Lê,Joined before,"11/24/2020, 9:50:00 AM"',
            'Zoé Lê,Left,"11/24/2020, 10:59:00 AM"',
            end="\r\n",
        ),
    )
    write(
        "teams/list-french-utf16-tabs.csv",
        BOM
        + tabbed(
            ("Nom complet", "Action de l’utilisateur", "Date et heure"),
            ("Alix Martin", "Rejoint", "19/01/2021 à 09:58:51"),
            ("Alix Martin", "A quitté l'appel", "19/01/2021 à 11:00:00"),
            ("Diallo, Noé", "A rejoint", "19/01/2021 à 10:02:00"),
            end="\n",
        ),
        "utf-16-le",
    )
    write(
        "teams/list-portuguese.csv",
        BOM
        + tabbed(
            ("Nome Completo", "Atividade", "Data e hora"),
            ("Alix Martin", "Entrou", "09/03/2021 07:59:50"),
            ("Alix Martin", "Saiu", "09/03/2021 09:00:00"),
        ),
        "utf-16-le",
    )
    write(
        "teams/report-2021-french-nbsp.csv",
        BOM
        + tabbed(
            ("*Résumé de la réunion",),
            ("Nombre total de participants", "2"),
            ("Titre de la réunion", "null"),
            ("Heure de début de la réunion", "13/04/2021 à 09:01:31"),
            ("Heure de fin", "13/04/2021 à 14:03:31"),
            (),
            ("Nom complet", "Heure d'arrivée", "Heure de départ", "Durée", "E-mail", "Rôle"),
            (
                "Alix Martin",
                "13/04/2021 à 09:01:31",
                "13/04/2021 à 11:45:31",
                f"2{NBSP}h 44{NBSP}m",
                "alix.martin@example.org",
                "Organisateur",
            ),
            ("Noé Diallo (Externe)", "13/04/2021 à 09:05:00", "13/04/2021 à 09:06:00", f"1{NBSP}m", "", "Présentateur"),
        ),
        "utf-16-le",
    )
    v2 = (
        ("1. Summary",),
        ("Meeting title", "Le cycle : la santé"),
        ("Attended participants", "3"),
        ("Start time", "14/11/22, 09:29:07"),
        ("End time", "14/11/22, 11:01:00"),
        ("Meeting duration", "1h 31m 53s"),
        ("Average attendance time", "58m 24s"),
        (),
        ("2. Participants",),
        ("Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Participant ID (UPN)", "Role"),
        (
            "Alix Martin",
            "14/11/22, 09:29:07",
            "14/11/22, 11:01:00",
            "1h 20m",
            "alix.martin@example.org",
            "alix.martin@example.org",
            "Organizer",
        ),
        ("Noé Diallo (Unverified)", "14/11/22, 09:31:00", "14/11/22, 10:31:00", "1h", "", "", "Presenter"),
        (
            "Zoé Lê",
            "14/11/22, 09:40:00",
            "14/11/22, 10:40:00",
            "45m",
            "zoe@example.org",
            "zoe@tenant.example.org",
            "Attendee",
        ),
        (),
    )
    v2_stays = (
        ("3. In-Meeting Activities",),
        ("Name", "Join Time", "Leave Time", "Duration", "Email", "Role"),
        ("Alix Martin", "14/11/22, 09:29:07", "14/11/22, 10:00:00", "30m 53s", "alix.martin@example.org", "Organizer"),
        ("Alix Martin", "14/11/22, 10:10:00", "11:01:00 AM", "51m", "alix.martin@example.org", "Organizer"),
        ("Noé Diallo (Unverified)", "14/11/22, 09:31:00", "14/11/22, 10:31:00", "1h", "", "Presenter"),
        (),
    )
    write("teams/report-crlf-utf16.csv", BOM + tabbed(*v2, *v2_stays), "utf-16-le")
    write("teams/report-utf16-big-endian-without-activities.csv", BOM + tabbed(*v2, end="\n"), "utf-16-be")
    write("teams/report-utf16-without-bom.csv", tabbed(*v2), "utf-16-le")
    write(
        "teams/report-polish-cp1250-padded-american-dates.csv",
        lines(
            "1. Podsumowanie;;;;;;",
            "Tytuł spotkania;Współpraca;;;;;",
            "Liczba uczestniczących;1;;;;;",
            "Godzina rozpoczęcia;3/17/25, 8:00:48 AM;;;;;",
            "Godzina zakończenia;3/17/25, 10:20:00 AM;;;;;",
            "Czas trwania spotkania;2 godz. 19 min 12 s;;;;;",
            ";;;;;;",
            "2. Uczestnicy;;;;;;",
            "Imię i nazwisko;Pierwsze dołączenie;Ostatnie wyjście;Czas udziału w spotkaniu;Adres e-mail;"
            "Identyfikator uczestnika (UPN);Rola",
            "Łucja Żak;3/17/25, 8:00:48 AM;3/17/25, 10:20:00 AM;2 godz. 19 min 12 s;lucja@example.org;;Organizator",
        ),
        "cp1250",
    )
    write(
        "teams/report-language-never-seen.csv",
        BOM
        + tabbed(
            ("1. Yhteenveto",),
            ("Kokouksen otsikko", "Yhteistyö"),
            ("Osallistujia", "1"),
            ("Alkamisaika", "2022-11-14 09:29:07"),
            ("Päättymisaika", "2022-11-14 10:29:07"),
            (),
            ("2. Osallistujat",),
            ("Nimi", "Liittyi", "Poistui", "Kesto", "Sähköposti", "Tunnus (UPN)", "Rooli", "Engagement: Unmute"),
            (
                "Aino Laine",
                "2022-11-14 09:30:00",
                "2022-11-14 10:00:00",
                "30m",
                "aino@example.org",
                "",
                "Osallistuja",
                "2",
            ),
        ),
        "utf-16-le",
    )
    write(
        "teams/report-french-from-memory.csv",
        BOM
        + tabbed(
            ("1. Résumé",),
            ("Titre de la réunion", "Le cycle"),
            ("Participants présents", "1"),
            ("Heure de début", "26/10/2020, 13:55:00"),
            ("Heure de fin", "26/10/2020, 16:10:00"),
            ("Durée de la réunion", f"2{NBSP}h 15{NBSP}min"),
            (),
            ("2. Participants",),
            (
                "Nom",
                "Première participation",
                "Dernier départ",
                "Durée de la réunion",
                "E-mail",
                "ID de participant (UPN)",
                "Rôle",
            ),
            (
                "Alix Martin",
                "26/10/2020, 14:00:00",
                "26/10/2020, 16:00:00",
                f"1{NBSP}h 13{NBSP}min 42{NBSP}s",
                "alix@example.org",
                "",
                "Organisateur",
            ),
        ),
        "utf-16-le",
    )
    write(
        "teams/report-2021-english-semicolons.csv",
        lines(
            "Meeting Summary;;;;;",
            "Total Number of Participants;1;;;;",
            "Meeting Title;Le cycle;;;;",
            "Meeting Start Time;4/13/2021, 9:01:31 AM;;;;",
            "Meeting End Time;4/13/2021, 2:03:31 PM;;;;",
            ";;;;;",
            "Full Name;Join Time;Leave Time;Duration;Email;Role",
            "Alix Martin;4/13/2021, 9:01:31 AM;4/13/2021, 10:43:31 AM;1h 42m;alix@example.org;Attendee",
        ),
    )
    workbook(
        "teams/list-saved-as-workbook.xlsx",
        {
            "meetingAttendanceList": [
                ["Full Name", "User Action", "Timestamp"],
                ["Alix Martin", "Joined", 44095.78],
                ["Alix Martin", "Left", 44095.82],
            ]
        },
    )
    write(
        "teams/live-event-utc.csv",
        lines(
            "SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role",
            '5f0c,alix.martin@example.org,Alix Martin,"Mozilla/5.0 (X11; Linux, x86_64)",1/2/2022 4:48:08 PM,Joined,Attendee',
            '5f0c,alix.martin@example.org,Alix Martin,"Mozilla/5.0 (X11; Linux, x86_64)",1/2/2022 5:30:00 PM,Left,Attendee',
            "5f0c,daect@example.org,DAECT,Teams,1/2/2022 4:30:00 PM,Joined,Producer",
        ),
    )


def bigbluebutton() -> None:
    header = "Name,Moderator,Activity Score,Talk Time,Webcam Time,Messages,Reactions,Poll Votes,Raise Hands,Join,Left,Duration"
    anonymous = '"Anonymous","","","","","","","","","","",""'
    write(
        "bigbluebutton/dashboard-unescaped-quotes.csv",
        lines(
            f"{header},Êtes-vous d'accord, oui ou non ?",
            '"DAECT","TRUE","7.3","00:10:00","-","3","0","0","0","10/26/2020, 01:55:02 PM","10/26/2020, 04:10:40 PM",'
            '"02:15:38","-"',
            '"Alix "Lili" Martin","FALSE","1.2","-","-","0","0","1","0","10/26/2020, 02:00:00 PM","-","01:00:00","Oui"',
            '"Anonymous","","","","","","","","","","","","Oui',
            "Non",
            'Oui"',
            end="\r\n",
        ),
    )
    write(
        "bigbluebutton/dashboard-question-with-line-break.csv",
        lines(
            f"{header},Question",
            "suite de la question ?",
            '"Zoé "Z" Lê","FALSE","0.2","-","-","0","0","1","0","10/26/2020, 02:00:00 PM","10/26/2020, 03:00:00 PM",'
            '"01:00:00","Oui"',
            anonymous,
            end="\r\n",
        ),
    )
    write(
        "bigbluebutton/dashboard-french-mixed-header.csv",
        lines(
            "Nom,Modérateur,Activity Score,Temps de conversation,Temps de partage de caméra,Messages,Réactions,"
            "Votes du sondage,Mains levées,Rejoindre,Quitté,Duration",
            '"Noé Diallo","FALSE","7,3","00:01:00","00:10:00","0","0","0","0","04/03/2026 14:05:09","05/03/2026 15:05:09",'
            '"01:00:00"',
            anonymous.replace("Anonymous", "Anonyme"),
            end="\r\n",
        ),
    )
    write(
        "bigbluebutton/dashboard-canadian-hours.csv",
        lines(
            header.replace("Reactions", "Emojis"),
            '"Noé Diallo","FALSE","7,3","-","-","0","0","0","0","2026-03-04 14 h 05 min 09 s","2026-03-04 15 h 05 min 09 s",'
            '"00:59:00"',
            anonymous,
            end="\r\n",
        ),
    )
    write(
        "bigbluebutton/events-gem.csv",
        lines(
            "Name,Moderator,Chats,Talks,Emojis,Poll_votes,Raisehand,Talk_time,Join,Left,Duration,Poll 1",
            "DAECT,true,0,3,0,0,0,00:10:00,03/04/2026 14:00:00,03/04/2026 15:30:00,01:30:00,-",
            "Noé Diallo,false,0,0,0,1,0,00:00:00,03/04/2026 14:05:00,03/04/2026 15:00:00,00:50:00,Oui",
        ),
    )
    start = 1603717200000
    old = {
        "intId": "f0e1-1603717200000",
        "extId": "cycle-maroc",
        "name": "Le Maroc",
        "createdOn": start,
        "endedOn": start + 7_200_000,
        "downloadSessionDataEnabled": True,
        "users": {
            "w_a": {
                "userKey": "w_a",
                "extId": "alix.martin@example.org",
                "name": "Alix Martin",
                "isModerator": True,
                "isDialIn": False,
                "intIds": {
                    "w_a1": {
                        "intId": "w_a1",
                        "registeredOn": start + 1000,
                        "leftOn": start + 600_000,
                        "userLeftFlag": False,
                    },
                    "w_a2": {"intId": "w_a2", "registeredOn": start + 700_000, "leftOn": 0, "userLeftFlag": False},
                },
                "talk": {"totalTime": 0, "lastTalkStartedOn": 0},
            },
            "w_b": {"userKey": "w_b", "extId": "", "name": "Noé\u202e Diallo", "isModerator": False, "intIds": {}},
        },
        "polls": {},
    }
    new = json.loads(json.dumps(old))
    new["users"]["w_a"]["intIds"] = {
        "w_a1": {
            "intId": "w_a1",
            "sessions": [
                {"registeredOn": start + 1000, "leftOn": start + 600_000},
                {"registeredOn": start + 700_000, "leftOn": start + 800_000},
            ],
        }
    }
    write("bigbluebutton/dashboard-old-shape.json", json.dumps(old))
    write("bigbluebutton/dashboard-new-shape.json", json.dumps(new))
    wrapped = {"response": {"returncode": "SUCCESS", "data": json.dumps(new)}}
    write("bigbluebutton/dashboard-wrapped-by-the-api.json", json.dumps(wrapped))
    event = '<event timestamp="{}" module="PARTICIPANT" eventname="Participant{}Event">{}</event>'
    write(
        "bigbluebutton/recording-with-utc.xml",
        lines(
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<recording meeting_id="f0e1-1603717200000" bbb_version="2.4">',
            '<metadata meetingId="cycle-maroc" meetingName="Le Maroc"/>',
            event.format(
                1000,
                "Join",
                "<name>Noé Diallo</name><timestampUTC>1603717201000</timestampUTC><role>VIEWER</role>"
                "<externalUserId>noe@example.org</externalUserId><userId>w_b</userId>",
            ),
            event.format(900000, "Left", "<userId>w_b</userId><timestampUTC>1603718100000</timestampUTC>"),
            '<event timestamp="901000" module="WHITEBOARD" eventname="AddShapeEvent"/>',
            "</recording>",
        ),
    )
    write(
        "bigbluebutton/recording-relative-clock.xml",
        lines(
            '<recording meeting_id="238f-1538942925244" bbb_version="2.0">',
            '<metadata meetingName="Le Maroc"/>',
            '<event timestamp="4585063000" module="VOICE" eventname="StartRecordingEvent"/>',
            event.format(
                4585064000,
                "Join",
                "<userId>w_68</userId><externalUserId>w_68</externalUserId><role>MODERATOR</role><name>DAECT</name>",
            ),
            event.format(4585124000, "Left", "<userId>w_68</userId>"),
            "</recording>",
        ),
    )


def webex_meet_goto() -> None:
    write(
        "webex/breakouts-and-guests.csv",
        lines(
            "Meeting Name,Meeting Start Time,Session Name,Display Name,Attendee Email,Attendance Duration",
            "Le cycle,05/27/2026 10:00 AM,Le cycle,Alix Martin,alix.martin@example.org,1 hr 20 min",
            "Le cycle,05/27/2026 10:00 AM,Le cycle - Breakout 1,Alix Martin,alix.martin@example.org,20 min",
            "Le cycle,05/27/2026 10:00 AM,Le cycle,Noé Diallo,a1b2@guest.webex.localhost,1 day 2 hours",
        ),
    )
    write(
        "meet/hours-without-day.csv",
        lines(
            "First name,Last name,Email,Duration,Time joined,Time exited",
            "Alix,Martin,alix.martin@example.org,1 hr 21 min 53s,18:02,19:24",
            "Noé,Diallo,n****@example.org,58 min,11:40 PM,12:38 AM",
        ),
    )
    write("meet/lengths-only.csv", lines("First name,Last name,Email,Duration", "Alix,Martin,alix@example.org,58 min"))
    write(
        "meet/french-from-memory.csv",
        lines(
            "Prénom,Nom,Adresse e-mail,Durée,Heure d’arrivée,Heure de départ",
            f"Alix,Martin,alix@example.org,1{NNBSP}h 2{NBSP}min,18:00,19:02",
        ),
    )
    write(
        "goto/stacked-times.csv",
        lines(
            "Attendee Report",
            'Generated,"Apr 27, 2026 08:00 AM CEST"',
            "General Information",
            "Webinar Name,Webinar ID",
            "Le cycle,844-444-444",
            "Actual Start Date/Time,Duration,# Registered,# Attended,Clicked Registration Link,Opened Invitation",
            '"Apr 26, 2026 10:45 AM CEST",1 hour 35 minutes,2,1,5,9',
            "Attendee Details",
            "Attended,Interest Rating,Last Name,First Name,Email Address,Registration Date/Time,Join Time,Leave Time,"
            "Time in Session,Unsubscribed",
            'Yes,80,Martin,Alix,alix@example.org,"Apr 20, 2026 09:00 AM CEST","Apr 26, 2026 10:46 AM CEST\n'
            'Apr 26, 2026 11:30 AM CEST","Apr 26, 2026 11:00 AM CEST\nApr 26, 2026 12:15 PM CEST",59 minutes,No',
            'No,0,Diallo,Noé,noe@example.org,"Apr 21, 2026 09:00 AM CEST",--,--,--,No',
        ),
    )


def youtube() -> None:
    table = lines(
        "Content,Video title,Video publish time,Duration,Views,Watch time (hours),Impressions click-through rate (%)",
        "Total,,,,1234,88.1,4.5",
        'aaaaaaaaaaa,Le Maroc,"Nov 2, 2020",7200,1034,80.1,4.5',
        'bbbbbbbbbbb,"Le Sénégal, deuxième partie","Dec 15, 2020",6900,200,8,',
    )
    chart = lines(
        "Date,Content,Video title,Video publish time,Duration,Views",
        '2026-01-01,aaaaaaaaaaa,Le Maroc,"Nov 2, 2020",7200,4',
        '2026-01-02,aaaaaaaaaaa,Le Maroc,"Nov 2, 2020",7200,0',
    )
    totals = lines("Date,Views", "2026-01-01,4", "2026-01-02,0")
    write("youtube/table-total-first.csv", table)
    write(
        "youtube/table-french-from-memory.csv",
        lines(
            "Contenu,Titre de la vidéo,Heure de publication de la vidéo,Vues,Durée de visionnage (heures)",
            'aaaaaaaaaaa,Le Maroc,2 nov. 2020,1034,"80,1"',
            'Total,,,1034,"80,1"',
        ),
    )
    archive("youtube/studio.zip", {"Table data.csv": table, "Chart data.csv": chart, "Totals.csv": totals})
    write("youtube/totals-saved-by-excel.csv", lines("Date,Views", "12-06-2025,10", "13-06-2025,12", end="\r\n"))


def forms() -> None:
    write(
        "forms/google-branches-multiline.csv",
        lines(
            "Horodateur,Adresse e-mail,Nom,Prénom,Votre structure,Votre structure,Remarques",
            '13/10/2020 09:15:00,alix@example.org,Martin,Alix,Ville de Démo,,"Une\nligne, deux"',
            "14/10/2020 18:05:10,noe@example.org,Diallo,Noé,,Association Exemple,",
            "14/10/2020 18:06:10,pas une adresse@,Lê,Zoé,,,",
        ),
    )
    write(
        "forms/google-direct-offset.csv",
        lines(
            '"Timestamp","Email Address","Full name","Which webinar will you attend? (session)"',
            '"2026/03/17 2:05:11 PM UTC+1","alix@example.org","Alix Martin","Le Maroc"',
        ),
    )
    workbook(
        "forms/microsoft-french-serials.xlsx",
        {
            "Form1": [
                [
                    "ID",
                    "Heure de début",
                    "Heure de fin",
                    "Adresse de messagerie",
                    "Nom",
                    "Heure de la dernière modification",
                    "Nom",
                    "Prénom",
                    "Adresse mail",
                    "Collectivité",
                    "Points - Q",
                ],
                [1, 44095.78, 44095.785, "anonymous", "", "", "Martin", "Alix", "alix@example.org", "Ville de Démo", 0],
                [2, 44096.5, 44096.51, "anonymous", "", "", "Diallo", "Noé", "noe@example.org", "", 0],
            ]
        },
    )
    write(
        "forms/limesurvey-incomplete.csv",
        BOM
        + lines(
            '"ID de la réponse";"Date de soumission";"Dernière page";"Langue de départ";"Tête de série";"Nom";"Prénom";'
            '"Adresse électronique";"Organisme (collectivité, association…)"',
            '"1";"2020-10-13 10:00:00";"3";"fr";"12345";"Martin";"Alix";"alix@example.org";"Région; Exemple"',
            '"2";"";"1";"fr";"12346";"Diallo";"Noé";"noe@example.org";""',
            '"3";"1980-01-01 00:00:00";"3";"fr";"12347";"Lê";"Zoé";"zoe@example.org";"Ligne\n\nligne"',
        ),
    )
    write(
        "forms/framaforms-three-header-rows.tsv",
        tabbed(
            ("", "", "", "", "", "", "", "Coordonnées", "", ""),
            ("", "", "", "", "", "", "", "", "", ""),
            (
                "Numéro de série",
                "SID",
                "Heure de soumission",
                "Brouillon",
                "Adresse IP",
                "UID",
                "Nom d'utilisateur",
                "Nom",
                "Prénom",
                "Courriel",
            ),
            ("1", "10", "13/10/2020 - 09:15", "0", "192.0.2.1", "0", "", "Martin", "Alix", "alix@example.org"),
            ("2", "11", "14/10/2020 - 09:15", "1", "192.0.2.2", "0", "", "Diallo", "Noé", "noe@example.org"),
        ),
    )
    write(
        "forms/eventbrite-refunded.csv",
        lines(
            "Order #,Order Date,First Name,Last Name,Email,Quantity,Price Tier,Ticket Type,Attendee #,Group,Order Type,Currency,"
            "Total Paid,Attendee Status,Home City,Home Country,Organisation",
            "111,2026-09-26 20:10,Alix,Martin,alix@example.org,1,,Entrée,1,,Free Order,EUR,0,Attending,Lille,FR,Ville de Démo",
            '112,"Sep 26, 2026 7:05 PM",Noé,Diallo,noe@example.org,1,,Entrée,2,,Free Order,EUR,0,Refunded,,,',
        ),
    )
    write(
        "forms/pretix-orders.csv",
        lines(
            "Event slug,Order code,Order total,Status,Email,Phone number,Order date,Order time,Company,Name,Address,ZIP code,City,"
            "Country",
            "cycle,ABCDE,0.00,paid,alix@example.org,,2020-10-13,09:15:00,Ville de Démo,Alix Martin,,,,FR",
            "cycle,FGHIJ,0.00,canceled,noe@example.org,,2020-10-14,10:00:00,,Noé Diallo,,,,",
        ),
    )
    write(
        "forms/pretix-positions-semicolons-company-twice.csv",
        lines(
            "Event slug;Order code;Position ID;Status;Email;Order date;Order time;Product;Attendee name;Attendee email;Company;"
            "Voucher;Company;Invoice address name",
            "cycle;ABCDE;1;paid;secretariat@example.org;2020-10-13;09:15:00;Entrée;Alix Martin;alix@example.org;Ville de Démo;;"
            "Trésorerie;Paie",
            "cycle;ABCDE;2;paid;secretariat@example.org;2020-10-13;09:15:00;Entrée;Noé Diallo;;;;Trésorerie;Paie",
        ),
    )
    write(
        "strangers/two-email-questions.csv",
        lines(
            "Horodateur,Nom,Mail de la personne inscrite,Quel mail pour les rappels ?",
            "13/10/2020 09:15:00,Martin,alix@example.org,bureau@example.org",
        ),
    )
    write(
        "forms/demarches-simplifiees.csv",
        lines(
            "ID;Email;FranceConnect ?;Civilité;Nom;Prénom;Archivé;État du dossier;Dernière mise à jour le;Déposé le;Instructeurs;"
            "Collectivité",
            "1;alix@example.org;false;Mme;Martin;Alix;false;Accepté;2020-10-14 10:00;2020-10-13 09:15;agent@example.org;Ville",
            "2;noe@example.org;false;M;Diallo;Noé;false;Refusé;2020-10-14 10:00;2020-10-13 09:16;agent@example.org;",
        ),
    )
    write(
        "forms/list-semicolons-excel-directive.csv",
        lines("sep=;", "Nom;Prénom;Courriel;Téléphone", "Martin;Alix;alix@example.org;0600000000", end="\r\n"),
        "cp1252",
    )


def strangers() -> None:
    """What no reader may claim."""
    write(
        "strangers/prose.txt",
        lines(
            "Le webinaire a réuni, le 26 octobre 2020, cent cinquante personnes ; merci à toutes et tous.",
            "Écrire à daect@example.org, en précisant votre nom, votre prénom, et votre collectivité.",
        ),
    )
    write("strangers/page.html", "<html><body><p>Name (Original Name),User Email,Join Time</p></body></html>\n")
    write("strangers/document.html", "<!DOCTYPE html>\n<html><body><p>Views<br>Date</p></body></html>\n")
    write(
        "strangers/bank-statement.csv",
        lines(
            "Date;Libellé;Débit;Crédit;Solde",
            "02/01/2026;Virement Nom Prénom;;100,00;1 100,00",
            "03/01/2026;Carte;50,00;;1 050,00",
        ),
    )
    write_bytes("strangers/empty.csv", b"")
    write("strangers/blank.csv", "\n\n;;;\n")
    image = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    write_bytes("strangers/image.png", image)
    write("strangers/settings.json", '{"users": {"a": {"name": "b"}}, "name": "c"}\n')
    write("strangers/views-by-country.csv", lines("Geography,Views,Watch time (hours)", "FR,10,1.5"))
    write(
        "strangers/unknown-attendance.csv", lines("Name,Email,Time connected,Minutes", "Alix,alix@example.org,10:00,5")
    )


def main() -> None:
    for make in (zoom_meetings, zoom_webinars, teams, bigbluebutton, webex_meet_goto, youtube, forms, strangers):
        make()


if __name__ == "__main__":
    main()
