CREATE TABLE "issued_brief_files" (
	"sha256" text PRIMARY KEY NOT NULL,
	"brief_id" uuid NOT NULL,
	"size_bytes" integer NOT NULL,
	"certificate" text NOT NULL,
	"made_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "issued_briefs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"content_key" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"languages" text[] NOT NULL,
	"is_internal" boolean DEFAULT false NOT NULL,
	"first_issued_at" timestamp(6) with time zone NOT NULL,
	"confirmed_at" timestamp(6) with time zone NOT NULL,
	"subject_id" uuid,
	"editions" uuid[] DEFAULT '{}' NOT NULL,
	"office_records" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"recipe" jsonb,
	CONSTRAINT "issued_briefs_code_unique" UNIQUE("code"),
	CONSTRAINT "issued_briefs_content_key_unique" UNIQUE("content_key"),
	CONSTRAINT "issued_briefs_title" CHECK (not ("issued_briefs"."is_internal" and "issued_briefs"."title" <> ''))
);
--> statement-breakpoint
CREATE TABLE "signing_certificates" (
	"fingerprint" text PRIMARY KEY NOT NULL,
	"certificate" text NOT NULL,
	"origin" text NOT NULL,
	"sealed_key" text,
	"first_used_at" timestamp(6) with time zone NOT NULL,
	"retired_at" timestamp(6) with time zone,
	CONSTRAINT "signing_certificates_origin" CHECK ("signing_certificates"."origin" in ('made', 'given')),
	CONSTRAINT "signing_certificates_key" CHECK (("signing_certificates"."origin" = 'made') = ("signing_certificates"."sealed_key" is not null))
);
--> statement-breakpoint
ALTER TABLE "issued_brief_files" ADD CONSTRAINT "issued_brief_files_brief_id_issued_briefs_id_fk" FOREIGN KEY ("brief_id") REFERENCES "public"."issued_briefs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issued_brief_files" ADD CONSTRAINT "issued_brief_files_certificate_signing_certificates_fingerprint_fk" FOREIGN KEY ("certificate") REFERENCES "public"."signing_certificates"("fingerprint") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "issued_brief_files_brief" ON "issued_brief_files" USING btree ("brief_id");--> statement-breakpoint
CREATE UNIQUE INDEX "signing_certificates_made" ON "signing_certificates" USING btree ("origin") WHERE origin = 'made' and retired_at is null;