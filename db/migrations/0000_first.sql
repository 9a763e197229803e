CREATE TABLE "form_steps" (
	"token" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"at" timestamp(6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "throttles" (
	"key" text PRIMARY KEY NOT NULL,
	"attempts" integer NOT NULL,
	"window_start" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user_roles" (
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "user_roles_user_id_role_pk" PRIMARY KEY("user_id","role")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"email" text NOT NULL,
	"name" text,
	"password_hash" text NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"locale" text,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_state" CHECK ("users"."state" in ('active', 'disabled')),
	CONSTRAINT "users_email_lower" CHECK ("users"."email" = lower("users"."email"))
);
--> statement-breakpoint
CREATE TABLE "agreement_labs" (
	"agreement_id" uuid NOT NULL,
	"lab_id" uuid NOT NULL,
	CONSTRAINT "agreement_labs_agreement_id_lab_id_pk" PRIMARY KEY("agreement_id","lab_id")
);
--> statement-breakpoint
CREATE TABLE "agreement_parties" (
	"agreement_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"role" text DEFAULT 'partner' NOT NULL,
	"partner_id" uuid,
	"names" jsonb,
	"country" text,
	CONSTRAINT "agreement_parties_agreement_id_position_pk" PRIMARY KEY("agreement_id","position"),
	CONSTRAINT "agreement_parties_partner_or_names" CHECK (num_nonnulls("agreement_parties"."partner_id", "agreement_parties"."names") = 1)
);
--> statement-breakpoint
CREATE TABLE "agreement_releases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement_id" uuid NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_at" timestamp(6) with time zone NOT NULL,
	"decision" text,
	"decided_by" uuid,
	"decided_at" timestamp(6) with time zone,
	"agreement_version" integer,
	"note" text,
	"ended_by" uuid,
	"ended_at" timestamp(6) with time zone,
	CONSTRAINT "agreement_releases_decision" CHECK ("agreement_releases"."decision" in ('granted', 'declined', 'cancelled')),
	CONSTRAINT "agreement_releases_decided" CHECK (("agreement_releases"."decision" is null) = ("agreement_releases"."decided_at" is null)),
	CONSTRAINT "agreement_releases_two_people" CHECK ("agreement_releases"."decision" <> 'granted' or "agreement_releases"."decided_by" <> "agreement_releases"."requested_by")
);
--> statement-breakpoint
CREATE TABLE "agreement_texts" (
	"agreement_id" uuid NOT NULL,
	"locale" text NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"title" text,
	"title_status" text,
	"title_source_hash" text,
	"summary" text,
	"summary_status" text,
	"summary_source_hash" text,
	CONSTRAINT "agreement_texts_agreement_id_locale_pk" PRIMARY KEY("agreement_id","locale")
);
--> statement-breakpoint
CREATE TABLE "agreement_transitions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement_id" uuid NOT NULL,
	"transition" text NOT NULL,
	"from_state" text,
	"to_state" text NOT NULL,
	"note" text,
	"by" uuid,
	"at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agreements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"old_slugs" text[] DEFAULT '{}' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"origin" text NOT NULL,
	"state" text,
	"visibility" text DEFAULT 'internal' NOT NULL,
	"kind" text NOT NULL,
	"reference" text,
	"reference_key" text,
	"signed" date,
	"signed_precision" text,
	"effective" date,
	"effective_precision" text,
	"ends" date,
	"ends_precision" text,
	"value_amount" numeric(20, 4),
	"value_currency" text,
	"fields" text[] DEFAULT '{}' NOT NULL,
	"source_locale" text NOT NULL,
	"sources" text[] DEFAULT '{}' NOT NULL,
	"created_by" uuid,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agreements_slug_unique" UNIQUE("slug"),
	CONSTRAINT "agreements_state_by_origin" CHECK (("agreements"."origin" = 'office') = ("agreements"."state" is not null)),
	CONSTRAINT "agreements_value" CHECK (("agreements"."value_amount" is null) = ("agreements"."value_currency" is null)),
	CONSTRAINT "agreements_value_positive" CHECK ("agreements"."value_amount" >= 0)
);
--> statement-breakpoint
CREATE TABLE "audit_changes" (
	"event_id" uuid NOT NULL,
	"field" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"salt" text,
	"commitment" text NOT NULL,
	CONSTRAINT "audit_changes_event_id_field_pk" PRIMARY KEY("event_id","field")
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp(6) with time zone NOT NULL,
	"actor_id" uuid,
	"actor_kind" text NOT NULL,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" uuid,
	"transaction_id" bigint DEFAULT (pg_current_xact_id()::text)::bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"sealed_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "audit_seals_event_id_unique" UNIQUE("event_id")
);
--> statement-breakpoint
CREATE TABLE "facilities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"old_slugs" text[] DEFAULT '{}' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"state" text NOT NULL,
	"kind" text NOT NULL,
	"stage" text NOT NULL,
	"position" integer NOT NULL,
	"parent_id" uuid,
	"city" text,
	"website" text,
	"established" date,
	"established_precision" text,
	"fields" text[] DEFAULT '{}' NOT NULL,
	"source_locale" text NOT NULL,
	"sources" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "facilities_slug_unique" UNIQUE("slug"),
	CONSTRAINT "facilities_state" CHECK ("facilities"."state" in ('draft', 'published', 'archived'))
);
--> statement-breakpoint
CREATE TABLE "facility_hosts" (
	"facility_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"partner_id" uuid,
	"names" jsonb,
	"country" text,
	CONSTRAINT "facility_hosts_facility_id_position_pk" PRIMARY KEY("facility_id","position"),
	CONSTRAINT "facility_hosts_partner_or_names" CHECK (num_nonnulls("facility_hosts"."partner_id", "facility_hosts"."names") = 1)
);
--> statement-breakpoint
CREATE TABLE "facility_texts" (
	"facility_id" uuid NOT NULL,
	"locale" text NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"name" text,
	"name_status" text,
	"name_source_hash" text,
	"summary" text,
	"summary_status" text,
	"summary_source_hash" text,
	CONSTRAINT "facility_texts_facility_id_locale_pk" PRIMARY KEY("facility_id","locale")
);
--> statement-breakpoint
CREATE TABLE "hub_settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pages" (
	"slug" text NOT NULL,
	"locale" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"status" text NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pages_slug_locale_pk" PRIMARY KEY("slug","locale")
);
--> statement-breakpoint
CREATE TABLE "text_revisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"record_kind" text NOT NULL,
	"record_id" uuid NOT NULL,
	"locale" text NOT NULL,
	"field" text NOT NULL,
	"value" text,
	"status" text,
	"replaced_at" timestamp(6) with time zone NOT NULL,
	"replaced_by" uuid
);
--> statement-breakpoint
CREATE TABLE "vocabularies" (
	"kind" text NOT NULL,
	"code" text NOT NULL,
	"position" integer NOT NULL,
	"content" jsonb NOT NULL,
	CONSTRAINT "vocabularies_kind_code_pk" PRIMARY KEY("kind","code")
);
--> statement-breakpoint
CREATE TABLE "lab_hosts" (
	"lab_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"partner_id" uuid,
	"names" jsonb,
	"country" text,
	CONSTRAINT "lab_hosts_lab_id_position_pk" PRIMARY KEY("lab_id","position"),
	CONSTRAINT "lab_hosts_partner_or_names" CHECK (num_nonnulls("lab_hosts"."partner_id", "lab_hosts"."names") = 1)
);
--> statement-breakpoint
CREATE TABLE "lab_texts" (
	"lab_id" uuid NOT NULL,
	"locale" text NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"name" text,
	"name_status" text,
	"name_source_hash" text,
	"summary" text,
	"summary_status" text,
	"summary_source_hash" text,
	CONSTRAINT "lab_texts_lab_id_locale_pk" PRIMARY KEY("lab_id","locale")
);
--> statement-breakpoint
CREATE TABLE "labs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"old_slugs" text[] DEFAULT '{}' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"state" text NOT NULL,
	"kind" text NOT NULL,
	"stage" text NOT NULL,
	"countries" text[] DEFAULT '{}' NOT NULL,
	"cities" text[] DEFAULT '{}' NOT NULL,
	"started" date,
	"started_precision" text,
	"inaugurated" date,
	"inaugurated_precision" text,
	"fields" text[] DEFAULT '{}' NOT NULL,
	"source_locale" text NOT NULL,
	"sources" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "labs_slug_unique" UNIQUE("slug"),
	CONSTRAINT "labs_state" CHECK ("labs"."state" in ('draft', 'published', 'archived'))
);
--> statement-breakpoint
CREATE TABLE "partner_texts" (
	"partner_id" uuid NOT NULL,
	"locale" text NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"name" text,
	"name_status" text,
	"name_source_hash" text,
	"summary" text,
	"summary_status" text,
	"summary_source_hash" text,
	CONSTRAINT "partner_texts_partner_id_locale_pk" PRIMARY KEY("partner_id","locale")
);
--> statement-breakpoint
CREATE TABLE "partners" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"old_slugs" text[] DEFAULT '{}' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"state" text NOT NULL,
	"kind" text NOT NULL,
	"side" text NOT NULL,
	"standing" text NOT NULL,
	"country" text NOT NULL,
	"city" text,
	"website" text,
	"established" date,
	"established_precision" text,
	"latitude" double precision,
	"longitude" double precision,
	"location_precision" text,
	"ror" text,
	"acronyms" text[] DEFAULT '{}' NOT NULL,
	"parent_id" uuid,
	"fields" text[] DEFAULT '{}' NOT NULL,
	"source_locale" text NOT NULL,
	"sources" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "partners_slug_unique" UNIQUE("slug"),
	CONSTRAINT "partners_state" CHECK ("partners"."state" in ('draft', 'published', 'archived')),
	CONSTRAINT "partners_side" CHECK ("partners"."side" in ('yunnan', 'china', 'abroad')),
	CONSTRAINT "partners_standing" CHECK ("partners"."standing" in ('listed', 'confirmed'))
);
--> statement-breakpoint
CREATE TABLE "publications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"record_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"old_slugs" text[] DEFAULT '{}' NOT NULL,
	"edition" integer NOT NULL,
	"published_at" timestamp(6) with time zone NOT NULL,
	"published_by" uuid,
	"superseded_at" timestamp(6) with time zone,
	"withdrawn_at" timestamp(6) with time zone,
	"record_kind" text NOT NULL,
	"side" text,
	"countries" text[] DEFAULT '{}' NOT NULL,
	"fields" text[] DEFAULT '{}' NOT NULL,
	"partner_ids" uuid[] DEFAULT '{}' NOT NULL,
	"lab_ids" uuid[] DEFAULT '{}' NOT NULL,
	"sort_date" text,
	"position" integer DEFAULT 0 NOT NULL,
	"content" jsonb NOT NULL,
	CONSTRAINT "publications_kind" CHECK ("publications"."kind" in ('partner', 'lab', 'facility', 'agreement'))
);
--> statement-breakpoint
ALTER TABLE "form_steps" ADD CONSTRAINT "form_steps_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_roles" ADD CONSTRAINT "user_roles_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_labs" ADD CONSTRAINT "agreement_labs_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_labs" ADD CONSTRAINT "agreement_labs_lab_id_labs_id_fk" FOREIGN KEY ("lab_id") REFERENCES "public"."labs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD CONSTRAINT "agreement_parties_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD CONSTRAINT "agreement_parties_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_releases" ADD CONSTRAINT "agreement_releases_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_releases" ADD CONSTRAINT "agreement_releases_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_releases" ADD CONSTRAINT "agreement_releases_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_releases" ADD CONSTRAINT "agreement_releases_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_texts" ADD CONSTRAINT "agreement_texts_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_transitions" ADD CONSTRAINT "agreement_transitions_agreement_id_agreements_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_transitions" ADD CONSTRAINT "agreement_transitions_by_users_id_fk" FOREIGN KEY ("by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_changes" ADD CONSTRAINT "audit_changes_event_id_audit_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."audit_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_seals" ADD CONSTRAINT "audit_seals_event_id_audit_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."audit_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "facilities" ADD CONSTRAINT "facilities_parent_id_facilities_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."facilities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "facility_hosts" ADD CONSTRAINT "facility_hosts_facility_id_facilities_id_fk" FOREIGN KEY ("facility_id") REFERENCES "public"."facilities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "facility_hosts" ADD CONSTRAINT "facility_hosts_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "facility_texts" ADD CONSTRAINT "facility_texts_facility_id_facilities_id_fk" FOREIGN KEY ("facility_id") REFERENCES "public"."facilities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lab_hosts" ADD CONSTRAINT "lab_hosts_lab_id_labs_id_fk" FOREIGN KEY ("lab_id") REFERENCES "public"."labs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lab_hosts" ADD CONSTRAINT "lab_hosts_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lab_texts" ADD CONSTRAINT "lab_texts_lab_id_labs_id_fk" FOREIGN KEY ("lab_id") REFERENCES "public"."labs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partner_texts" ADD CONSTRAINT "partner_texts_partner_id_partners_id_fk" FOREIGN KEY ("partner_id") REFERENCES "public"."partners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_parent_id_partners_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."partners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "form_steps_at" ON "form_steps" USING btree ("at");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "agreement_labs_lab" ON "agreement_labs" USING btree ("lab_id");--> statement-breakpoint
CREATE INDEX "agreement_parties_partner" ON "agreement_parties" USING btree ("partner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "agreement_parties_once" ON "agreement_parties" USING btree ("agreement_id","partner_id");--> statement-breakpoint
CREATE INDEX "agreement_releases_agreement" ON "agreement_releases" USING btree ("agreement_id","requested_at");--> statement-breakpoint
CREATE UNIQUE INDEX "agreement_releases_open" ON "agreement_releases" USING btree ("agreement_id") WHERE decision is null;--> statement-breakpoint
CREATE UNIQUE INDEX "agreement_releases_in_effect" ON "agreement_releases" USING btree ("agreement_id") WHERE decision = 'granted' and ended_at is null;--> statement-breakpoint
CREATE INDEX "agreement_transitions_agreement" ON "agreement_transitions" USING btree ("agreement_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "agreements_reference_key" ON "agreements" USING btree ("reference_key");--> statement-breakpoint
CREATE INDEX "agreements_state" ON "agreements" USING btree ("origin","state");--> statement-breakpoint
CREATE INDEX "agreements_updated" ON "agreements" USING btree ("updated_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "agreements_ends" ON "agreements" USING btree ("origin","ends");--> statement-breakpoint
CREATE INDEX "audit_events_subject" ON "audit_events" USING btree ("subject_kind","subject_id","at");--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "text_revisions_record" ON "text_revisions" USING btree ("record_kind","record_id","locale","field");--> statement-breakpoint
CREATE INDEX "partners_country" ON "partners" USING btree ("country");--> statement-breakpoint
CREATE UNIQUE INDEX "publications_edition" ON "publications" USING btree ("kind","record_id","edition");--> statement-breakpoint
CREATE UNIQUE INDEX "publications_current" ON "publications" USING btree ("kind","record_id") WHERE superseded_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "publications_current_slug" ON "publications" USING btree ("kind","slug") WHERE superseded_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "publications_partners" ON "publications" USING gin ("partner_ids");--> statement-breakpoint
CREATE INDEX "publications_labs" ON "publications" USING gin ("lab_ids");