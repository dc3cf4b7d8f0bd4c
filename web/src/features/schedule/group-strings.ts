/** Words about groups of people who are invited together. */

import { plural } from "@/i18n/format";
import { strings } from "@/i18n/strings";

export const groupText = strings({
  id: {
    title: "Grup",
    line: "Orang yang sering Anda undang bersama. Tulis nama grupnya di kolom peserta.",
    none: "Belum ada grup.",
    create: "Buat grup",
    createTitle: "Grup baru",
    edit: (name: string) => `Ubah grup ${name}`,
    editShort: "Ubah",
    remove: (name: string) => `Hapus grup ${name}`,
    removeShort: "Hapus",
    removing: "Menghapus",
    count: (count: number) => `${count} orang`,
    name: "Nama grup",
    nameMissing: "Tulis nama grupnya.",
    people: "Surel anggota",
    peopleHint: "Satu di tiap baris, atau dipisahkan koma. Boleh dengan nama: Ani <ani@contoh.id>.",
    peopleWrong: (words: string) => `Ini bukan alamat surel: ${words}`,
    save: "Simpan",
    saving: "Menyimpan",
    cancel: "Batal",
  },
  en: {
    title: "Groups",
    line: "People whom you often invite together. Write the group's name among the participants.",
    none: "There is no group yet.",
    create: "Make a group",
    createTitle: "A new group",
    edit: (name: string) => `Change the group ${name}`,
    editShort: "Change",
    remove: (name: string) => `Delete the group ${name}`,
    removeShort: "Delete",
    removing: "Deleting",
    count: (count: number) => `${count} ${plural(count, "person", "people")}`,
    name: "Name of the group",
    nameMissing: "Write a name for the group.",
    people: "E-mail addresses of its people",
    peopleHint: "One on each line, or with commas. Names may be there: Ani <ani@example.com>.",
    peopleWrong: (words: string) => `This is not an e-mail address: ${words}`,
    save: "Save",
    saving: "Saving",
    cancel: "Cancel",
  },
});
