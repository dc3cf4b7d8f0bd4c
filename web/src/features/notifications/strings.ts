/** Words of the notification centre. */

import { formatNumber, plural } from "@/i18n/format";
import { strings } from "@/i18n/strings";

export const notificationsText = strings({
  id: {
    title: "Pemberitahuan",
    bell: (count: number) =>
      count === 0 ? "Pemberitahuan" : `Pemberitahuan, ${formatNumber(count)} belum dibaca`,
    many: "99+",
    which: "Yang ditampilkan",
    only: { all: "Semua", unread: "Belum dibaca" },
    readAll: "Tandai semua dibaca",
    choose: "Atur pemberitahuan",
    page: "Buka di halaman sendiri",
    unread: "Belum dibaca",
    remove: (title: string) => `Hapus ${title}`,
    removed: "Pemberitahuan dihapus",
    today: "Hari ini",
    yesterday: "Kemarin",
    empty: "Belum ada pemberitahuan",
    emptyLine: "Undangan, perubahan, dan pengingat rapat muncul di sini.",
    allRead: "Semua sudah dibaca",
    allReadLine: "Yang baru muncul di sini begitu datang.",
    more: "Tampilkan lagi",
    open: "Buka",
    arrived: (count: number) => `${formatNumber(count)} pemberitahuan baru`,
  },
  en: {
    title: "Notifications",
    bell: (count: number) =>
      count === 0 ? "Notifications" : `Notifications, ${formatNumber(count)} unread`,
    many: "99+",
    which: "What is shown",
    only: { all: "All", unread: "Unread" },
    readAll: "Mark all as read",
    choose: "Choose what to be told",
    page: "Open on a page of its own",
    unread: "Unread",
    remove: (title: string) => `Remove ${title}`,
    removed: "Notification removed",
    today: "Today",
    yesterday: "Yesterday",
    empty: "No notifications yet",
    emptyLine: "Invitations, changes and reminders of meetings appear here.",
    allRead: "Everything is read",
    allReadLine: "What is new appears here as it comes.",
    more: "Show more",
    open: "Open",
    arrived: (count: number) =>
      `${formatNumber(count)} new ${plural(count, "notification", "notifications")}`,
  },
});
