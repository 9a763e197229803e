CREATE TABLE "agreement_facilities" (
	"agreement_id" uuid NOT NULL,
	"facility_id" uuid NOT NULL,
	CONSTRAINT "agreement_facilities_agreement_id_facility_id_pk" PRIMARY KEY("agreement_id","facility_id")
);
--> statement-breakpoint
CREATE TABLE "agreement_links" (
	"agreement_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"kind" text NOT NULL,
	CONSTRAINT "agreement_links_agreement_id_other_id_pk" PRIMARY KEY("agreement_id","other_id"),
	CONSTRAINT "agreement_links_not_itself" CHECK ("agreement_links"."agreement_id" <> "agreement_links"."other_id")
);
--> statement-breakpoint
CREATE TABLE "agreement_readers" (
	"agreement_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	CONSTRAINT "agreement_readers_agreement_id_user_id_pk" PRIMARY KEY("agreement_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "agreement_shares" (
	"agreement_id" uuid NOT NULL,
	"partner_id" uuid NOT NULL,
	"shared_by" uuid,
	"shared_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "agreement_shares_agreement_id_partner_id_pk" PRIMARY KEY("agreement_id","partner_id")
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"created_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agreement_amendments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"summary" text NOT NULL,
	"signed_on" date,
	"effective_on" date NOT NULL,
	"changes" jsonb NOT NULL,
	"languages" text[] DEFAULT '{}' NOT NULL,
	"document_id" uuid,
	"recorded_by" uuid,
	"recorded_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agreement_milestones" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"party_position" integer,
	"first_due" date NOT NULL,
	"rule" text,
	"amount" numeric(20, 4),
	"currency" text,
	"archived_at" timestamp(6) with time zone,
	"created_by" uuid,
	"created_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "agreement_milestones_amount" CHECK (("agreement_milestones"."amount" is null) = ("agreement_milestones"."currency" is null))
);
--> statement-breakpoint
CREATE TABLE "milestone_occurrences" (
	"milestone_id" uuid NOT NULL,
	"agreement_id" uuid NOT NULL,
	"due" date NOT NULL,
	"state" text DEFAULT 'scheduled' NOT NULL,
	"met_on" date,
	"note" text,
	"document_id" uuid,
	"confirmed_by" uuid,
	"confirmed_at" timestamp(6) with time zone,
	CONSTRAINT "milestone_occurrences_milestone_id_due_pk" PRIMARY KEY("milestone_id","due"),
	CONSTRAINT "milestone_occurrences_state" CHECK ("milestone_occurrences"."state" in ('scheduled', 'met', 'partially_met', 'not_met'))
);
--> statement-breakpoint
CREATE TABLE "agreement_clauses" (
	"agreement_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"heading" text,
	"words" jsonb NOT NULL,
	CONSTRAINT "agreement_clauses_agreement_id_position_pk" PRIMARY KEY("agreement_id","position")
);
--> statement-breakpoint
CREATE TABLE "agreement_documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"language" text,
	"archived_at" timestamp(6) with time zone,
	"created_by" uuid,
	"created_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agreement_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement_id" uuid NOT NULL,
	"body" text NOT NULL,
	"by" uuid,
	"at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agreement_originals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement_id" uuid NOT NULL,
	"holder" text NOT NULL,
	"copies" integer NOT NULL,
	"language" text,
	"place" text,
	CONSTRAINT "agreement_originals_copies" CHECK ("agreement_originals"."copies" > 0)
);
--> statement-breakpoint
CREATE TABLE "agreement_powers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement_id" uuid NOT NULL,
	"party_position" integer,
	"holder" text NOT NULL,
	"scope" text,
	"issued_on" date,
	"valid_until" date,
	"document_id" uuid
);
--> statement-breakpoint
CREATE TABLE "agreement_seals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement_id" uuid NOT NULL,
	"party_position" integer,
	"kind" text NOT NULL,
	"sealed_on" date,
	"approved_by" text,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "document_versions" (
	"document_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"sha256" text NOT NULL,
	"file_name" text NOT NULL,
	"uploaded_by" uuid,
	"uploaded_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "document_versions_document_id_version_pk" PRIMARY KEY("document_id","version")
);
--> statement-breakpoint
CREATE TABLE "note_mentions" (
	"note_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"seen_at" timestamp(6) with time zone,
	CONSTRAINT "note_mentions_note_id_user_id_pk" PRIMARY KEY("note_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "reference_series" (
	"series" text NOT NULL,
	"last" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stored_files" (
	"sha256" text PRIMARY KEY NOT NULL,
	"size_bytes" bigint NOT NULL,
	"media_type" text NOT NULL,
	"flags" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stored_files_sha256" CHECK ("stored_files"."sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "agreement_checks" (
	"agreement_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"point" text NOT NULL,
	"answer" text NOT NULL,
	"reason" text NOT NULL,
	"by" uuid,
	"at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "agreement_checks_agreement_id_stage_point_pk" PRIMARY KEY("agreement_id","stage","point")
);
--> statement-breakpoint
CREATE TABLE "agreement_reviewers" (
	"review_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"aspect" text NOT NULL,
	"user_id" uuid NOT NULL,
	"decision" text,
	"note" text,
	"decided_at" timestamp(6) with time zone,
	CONSTRAINT "agreement_reviewers_review_id_position_pk" PRIMARY KEY("review_id","position")
);
--> statement-breakpoint
CREATE TABLE "agreement_reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"content_hash" text NOT NULL,
	"mode" text NOT NULL,
	"outcome" text,
	"started_by" uuid,
	"started_at" timestamp(6) with time zone NOT NULL,
	"ended_at" timestamp(6) with time zone,
	CONSTRAINT "agreement_reviews_outcome" CHECK ("agreement_reviews"."outcome" in ('approved', 'returned', 'void'))
);
--> statement-breakpoint
CREATE TABLE "agreement_sign_offs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement_id" uuid NOT NULL,
	"authority" text NOT NULL,
	"form_number" text,
	"signed_on" date NOT NULL,
	"content_hash" text NOT NULL,
	"voided_at" timestamp(6) with time zone,
	"document_id" uuid,
	"recorded_by" uuid,
	"recorded_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD COLUMN "signatory_names" jsonb;--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD COLUMN "signatory_title" text;--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD COLUMN "signed_on" date;--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD COLUMN "contact_name" text;--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD COLUMN "contact_email" text;--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD COLUMN "contact_phone" text;--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD COLUMN "original_language" text;--> statement-breakpoint
ALTER TABLE "agreement_texts" ADD COLUMN "title_official" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "officer_id" uuid;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "open_ended" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "renewal" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "renewal_months" integer;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "renewal_limit" integer;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "notice_amount" integer;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "notice_unit" text;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "lead_days" integer;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "authentic_languages" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "prevailing_language" text;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "technology_amount" numeric(20, 4);--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "registration_number" text;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "archive_number" text;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "retention" text;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "filed_on" date;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "filing_due" date;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "secrecy_declared_by" uuid;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "secrecy_declared_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "next_due" date;--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "tokens" "tsvector";--> statement-breakpoint
ALTER TABLE "agreement_facilities" ADD CONSTRAINT "agreement_facilities_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_facilities" ADD CONSTRAINT "agreement_facilities_facility_id_facilities_id_fk" FOREIGN KEY ("facility_id") REFERENCES "public"."facilities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_links" ADD CONSTRAINT "agreement_links_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_links" ADD CONSTRAINT "agreement_links_other_id_agreements_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_readers" ADD CONSTRAINT "agreement_readers_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_readers" ADD CONSTRAINT "agreement_readers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_shares" ADD CONSTRAINT "agreement_shares_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_shares" ADD CONSTRAINT "agreement_shares_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_shares" ADD CONSTRAINT "agreement_shares_shared_by_users_id_fk" FOREIGN KEY ("shared_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_amendments" ADD CONSTRAINT "agreement_amendments_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_amendments" ADD CONSTRAINT "agreement_amendments_document_id_agreement_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."agreement_documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_amendments" ADD CONSTRAINT "agreement_amendments_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_milestones" ADD CONSTRAINT "agreement_milestones_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_milestones" ADD CONSTRAINT "agreement_milestones_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestone_occurrences" ADD CONSTRAINT "milestone_occurrences_milestone_id_agreement_milestones_id_fk" FOREIGN KEY ("milestone_id") REFERENCES "public"."agreement_milestones"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestone_occurrences" ADD CONSTRAINT "milestone_occurrences_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestone_occurrences" ADD CONSTRAINT "milestone_occurrences_document_id_agreement_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."agreement_documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestone_occurrences" ADD CONSTRAINT "milestone_occurrences_confirmed_by_users_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_clauses" ADD CONSTRAINT "agreement_clauses_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_documents" ADD CONSTRAINT "agreement_documents_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_documents" ADD CONSTRAINT "agreement_documents_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_notes" ADD CONSTRAINT "agreement_notes_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_notes" ADD CONSTRAINT "agreement_notes_by_users_id_fk" FOREIGN KEY ("by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_originals" ADD CONSTRAINT "agreement_originals_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_powers" ADD CONSTRAINT "agreement_powers_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_powers" ADD CONSTRAINT "agreement_powers_document_id_agreement_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."agreement_documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_seals" ADD CONSTRAINT "agreement_seals_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_document_id_agreement_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."agreement_documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_sha256_stored_files_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."stored_files"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_uploaded_by_users_id_fk" FOREIGN KEY ("uploaded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_mentions" ADD CONSTRAINT "note_mentions_note_id_agreement_notes_id_fk" FOREIGN KEY ("note_id") REFERENCES "public"."agreement_notes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_mentions" ADD CONSTRAINT "note_mentions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_checks" ADD CONSTRAINT "agreement_checks_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_checks" ADD CONSTRAINT "agreement_checks_by_users_id_fk" FOREIGN KEY ("by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_reviewers" ADD CONSTRAINT "agreement_reviewers_review_id_agreement_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."agreement_reviews"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_reviewers" ADD CONSTRAINT "agreement_reviewers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_reviews" ADD CONSTRAINT "agreement_reviews_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_reviews" ADD CONSTRAINT "agreement_reviews_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_sign_offs" ADD CONSTRAINT "agreement_sign_offs_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_sign_offs" ADD CONSTRAINT "agreement_sign_offs_document_id_agreement_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."agreement_documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_sign_offs" ADD CONSTRAINT "agreement_sign_offs_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agreement_links_other" ON "agreement_links" USING btree ("other_id");--> statement-breakpoint
CREATE INDEX "agreement_readers_user" ON "agreement_readers" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_name" ON "saved_views" USING btree ("user_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "agreement_amendments_number" ON "agreement_amendments" USING btree ("agreement_id","number");--> statement-breakpoint
CREATE INDEX "agreement_milestones_agreement" ON "agreement_milestones" USING btree ("agreement_id");--> statement-breakpoint
CREATE INDEX "milestone_occurrences_due" ON "milestone_occurrences" USING btree ("state","due");--> statement-breakpoint
CREATE INDEX "milestone_occurrences_agreement" ON "milestone_occurrences" USING btree ("agreement_id","due");--> statement-breakpoint
CREATE INDEX "agreement_documents_agreement" ON "agreement_documents" USING btree ("agreement_id","created_at");--> statement-breakpoint
CREATE INDEX "agreement_notes_agreement" ON "agreement_notes" USING btree ("agreement_id","at");--> statement-breakpoint
CREATE INDEX "agreement_originals_agreement" ON "agreement_originals" USING btree ("agreement_id");--> statement-breakpoint
CREATE INDEX "agreement_powers_agreement" ON "agreement_powers" USING btree ("agreement_id");--> statement-breakpoint
CREATE INDEX "agreement_seals_agreement" ON "agreement_seals" USING btree ("agreement_id");--> statement-breakpoint
CREATE INDEX "document_versions_file" ON "document_versions" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "note_mentions_user" ON "note_mentions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "reference_series_series" ON "reference_series" USING btree ("series");--> statement-breakpoint
CREATE INDEX "agreement_reviewers_user" ON "agreement_reviewers" USING btree ("user_id","decision");--> statement-breakpoint
CREATE UNIQUE INDEX "agreement_reviews_round" ON "agreement_reviews" USING btree ("agreement_id","round");--> statement-breakpoint
CREATE UNIQUE INDEX "agreement_reviews_open" ON "agreement_reviews" USING btree ("agreement_id") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "agreement_sign_offs_agreement" ON "agreement_sign_offs" USING btree ("agreement_id");--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_officer_id_users_id_fk" FOREIGN KEY ("officer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_secrecy_declared_by_users_id_fk" FOREIGN KEY ("secrecy_declared_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agreements_officer" ON "agreements" USING btree ("officer_id","state");--> statement-breakpoint
CREATE INDEX "agreements_next_due" ON "agreements" USING btree ("next_due") WHERE next_due is not null;--> statement-breakpoint
CREATE INDEX "agreements_tokens" ON "agreements" USING gin ("tokens");--> statement-breakpoint
CREATE INDEX "agreements_fields" ON "agreements" USING gin ("fields");--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_technology_amount" CHECK ("agreements"."technology_amount" between 0 and "agreements"."value_amount");--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_renewal" CHECK (("agreements"."renewal" = 'automatic') >= ("agreements"."renewal_months" is not null));--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_notice" CHECK (("agreements"."notice_amount" is null) = ("agreements"."notice_unit" is null));--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_open_ended" CHECK (not ("agreements"."open_ended" and "agreements"."ends" is not null));